using Decant.Server.Data;
using Decant.Server.Jobs.Runs;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Decant.Server.Jobs.Queue;

/// <summary>Takes accepted jobs to the queue, each to its place.</summary>
internal sealed partial class JobHandOver(
    IDbContextFactory<DecantDb> databases,
    JobQueue queue,
    LiveWait wait,
    ILogger<JobHandOver> logger
)
{
    /// <remarks>The jobs are accepted and paid for; should the queue be out of reach just now, the sweep brings them later.</remarks>
    public async Task TryHandOverAsync(IReadOnlyCollection<Job> jobs, CancellationToken cancellationToken)
    {
        foreach (var account in jobs.GroupBy(job => job.AccountId))
        {
            var first = account.Min(job => job.Id);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var place = await db.Jobs.CountAsync(
                job =>
                    job.AccountId == account.Key
                    && job.Status == JobStatus.Processing
                    && job.RunId == null
                    && job.Id < first,
                cancellationToken
            );
            try
            {
                foreach (var job in account.OrderBy(job => job.Id))
                {
                    var queued = QueuedJob.Of(job.Id, job.AccountId);
                    await (
                        job.Stage == JobStage.Waiting
                            ? queue.AddAfterAsync(queued, wait.NextLook(job.StartsAt), cancellationToken)
                            : queue.AddAsync(queued, place++, cancellationToken)
                    );
                }
            }
            catch (SchedulerException exception)
            {
                LogLater(exception, account.Count());
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The queue did not take {Count} jobs; the sweep will bring them")]
    private partial void LogLater(Exception exception, int count);
}
