using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Files;

/// <summary>Removes files whose time is over. Their jobs stay, with no link.</summary>
internal sealed class FileJanitor(
    IDbContextFactory<DecantDb> databases,
    IStorage storage,
    FileRemovals removals,
    IOptions<FilesOptions> options,
    LoopServices services
) : PeriodicLoop(options.Value.CleanEvery, services)
{
    private const int AtOnce = 200;

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await ForEachAsync(removals.TakeLeft(), removals.RemoveAllOfAsync, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = Time.GetUtcNow();
        var due = db.Jobs.Where(job => job.ExpiresAt <= now && job.FilesRemovedAt == null);
        List<DueFiles> some;
        var last = new DueFiles(0, DateTimeOffset.UnixEpoch);
        do
        {
            // From where the last page ended, so that those that cannot be removed hold up none behind them.
            some = await due.Where(job =>
                    job.ExpiresAt >= last.ExpiresAt && (job.ExpiresAt > last.ExpiresAt || job.Id > last.JobId)
                )
                .OrderBy(job => job.ExpiresAt)
                .ThenBy(job => job.Id)
                .Take(AtOnce)
                .Select(job => new DueFiles(job.Id, job.ExpiresAt!.Value))
                .ToListAsync(cancellationToken);
            last = some.LastOrDefault() ?? last;
            await RemoveAsync(db, [.. some.Select(one => one.JobId)], now, cancellationToken);
        } while (some.Count == AtOnce);
    }

    private async Task RemoveAsync(
        DecantDb db,
        IReadOnlyList<long> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Files first: should the server die in between, the rows still say what is left to do.
        var removed = new List<long>();
        await ForEachAsync(
            jobs,
            async (id, token) =>
            {
                await storage.DeleteAllOfAsync(id, token);
                removed.Add(id);
            },
            cancellationToken
        );
        if (removed.Count == 0)
        {
            return;
        }

        await db.InWriteTransactionAsync(
            token =>
                db.Jobs.Where(job => removed.Contains(job.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.FilesRemovedAt, now), token),
            cancellationToken
        );
    }

    private sealed record DueFiles(long JobId, DateTimeOffset ExpiresAt);
}
