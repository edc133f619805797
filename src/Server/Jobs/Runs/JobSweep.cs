using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Brings to the queue the accepted jobs that it does not know: a crash came between the commit and the hand-over. Sees to it that none is overtaken for ever.</summary>
internal sealed partial class JobSweep(
    IDbContextFactory<DecantDb> databases,
    JobQueue queue,
    JobHandOver handOver,
    RunDirectories directories,
    IOptions<JobsOptions> options,
    LoopServices services,
    ILogger<JobSweep> logger
) : PeriodicLoop(options.Value.SweepEvery, services, atOnce: true)
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(1);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await queue.MoveOverdueAheadAsync(cancellationToken);

        // Before the jobs: whatever is recorded from now on is none of these.
        var recordings = directories.Recordings();

        // The jobs first and the queue after: a job accepted in between is on neither list, one that ended in between is
        // queued once too often and finds nothing to claim.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var accepted = await db
            .Jobs.AsNoTracking()
            .Where(job => job.Status == JobStatus.Processing)
            .OrderBy(job => job.Id)
            .ToListAsync(cancellationToken);
        await ForEachAsync(
            recordings.Except(accepted.Select(job => job.Id)),
            (ended, _) =>
            {
                directories.DeleteRecordingOf(ended);
                return Task.CompletedTask;
            },
            cancellationToken
        );

        var forgotten = await ForgottenAsync(accepted, cancellationToken);
        if (forgotten.Count == 0)
        {
            return;
        }

        // A job that was accepted just before the look is on its way to the queue still.
        await Task.Delay(OnItsWay, Time, cancellationToken);
        var ids = forgotten.Select(job => job.Id).ToList();
        forgotten = await ForgottenAsync(
            await db
                .Jobs.AsNoTracking()
                .Where(job => ids.Contains(job.Id) && job.Status == JobStatus.Processing)
                .OrderBy(job => job.Id)
                .ToListAsync(cancellationToken),
            cancellationToken
        );
        if (forgotten.Count > 0)
        {
            LogForgotten(forgotten.Count);
            await handOver.TryHandOverAsync(forgotten, cancellationToken);
        }
    }

    /// <returns>Those that neither wait in the queue nor run.</returns>
    private async Task<List<Job>> ForgottenAsync(List<Job> accepted, CancellationToken cancellationToken)
    {
        if (accepted.Count == 0)
        {
            return [];
        }

        var queued = await queue.GetQueuedAsync(cancellationToken);
        var runs = await queue.GetRunsAsync(cancellationToken);
        return [.. accepted.Where(job => !queued.Contains(job.Id) && (job.RunId is null || !runs.Contains(job.RunId)))];
    }

    [LoggerMessage(LogLevel.Warning, "{Count} accepted jobs were not in the queue and are now")]
    private partial void LogForgotten(int count);
}
