using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Files;

/// <summary>Deletes stored files that no job has: those of runs that were killed between storing and committing, and whose jobs ended otherwise.</summary>
internal sealed partial class OrphanSweep(
    IDbContextFactory<DecantDb> databases,
    IStorage storage,
    IOptions<StorageOptions> options,
    LoopServices services,
    ILogger<OrphanSweep> logger
) : PeriodicLoop(options.Value.SweepEvery, services)
{
    private const int AtOnce = 500;

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        // A job's files are stored just before it ends: whatever is younger may still become somebody's.
        var before = Time.GetUtcNow() - options.Value.OrphanAge;
        await storage.TidyAsync(before, cancellationToken);
        var page = new List<string>();
        await foreach (var key in storage.ListAsync(before, cancellationToken))
        {
            page.Add(key);
            if (page.Count == AtOnce)
            {
                await RemoveOrphansAsync(page, cancellationToken);
                page.Clear();
            }
        }

        await RemoveOrphansAsync(page, cancellationToken);
    }

    private async Task RemoveOrphansAsync(List<string> keys, CancellationToken cancellationToken)
    {
        // Anything else in a shared bucket or directory is not ours to judge.
        var ours = keys.Where(key => StorageKey.JobOf(key) is not null).ToList();
        var jobs = ours.Select(key => StorageKey.JobOf(key)!.Value).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var kept = await db
            .Jobs.AsNoTracking()
            .Where(job => jobs.Contains(job.Id) && job.FilesRemovedAt == null)
            .Select(job => job.Files)
            .ToListAsync(cancellationToken);
        var orphans = ours.Except(kept.SelectMany(files => files?.All.Select(file => file.Key) ?? [])).ToList();
        await ForEachAsync(orphans, storage.DeleteAsync, cancellationToken);
        if (orphans.Count > 0)
        {
            LogRemoved(orphans.Count);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} stored files that no job has were deleted")]
    private partial void LogRemoved(int count);
}
