using Decant.Server.Cluster;
using Decant.Server.Data;
using Decant.Server.Jobs.Transitions;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Decant.Server.Jobs.Queue;

/// <summary>Takes accepted jobs to the queue, each to its place: behind those that its account has in the queue or running.</summary>
internal sealed partial class JobHandOver(
    IDbContextFactory<DecantDb> databases,
    JobQueue queue,
    OtherNodes others,
    LiveWait wait,
    ILogger<JobHandOver> logger
)
{
    /// <remarks>The jobs are accepted and paid for; should the queue be out of reach just now, the sweep brings them later.</remarks>
    public async Task TryHandOverAsync(IReadOnlyCollection<Job> jobs, CancellationToken cancellationToken)
    {
        foreach (var account in jobs.GroupBy(job => job.AccountId))
        {
            try
            {
                await HandOverAsync([.. account.OrderBy(job => job.Id)], cancellationToken);
                // Another node may be idle while this one is full, and looks at the queue by itself only once a second.
                await others.TellAsync(QueueNotice.Name, NoticesOf(account), cancellationToken);
            }
            catch (Exception exception) when (exception is SchedulerException || DatabaseTrouble.IsCauseOf(exception))
            {
                LogLater(exception, account.Count());
            }
        }
    }

    private static string[] NoticesOf(IEnumerable<Job> jobs) =>
        [.. jobs.Select(job => job.Request.Recording is null ? QueueNotice.Jobs : QueueNotice.Recordings).Distinct()];

    /// <param name="jobs">Jobs of one account, by number.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    private async Task HandOverAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var first = jobs[0];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var place = await db
            .Jobs.Where(job =>
                job.AccountId == first.AccountId
                && job.Status == JobStatus.Processing
                && job.Stage != JobStage.Waiting
                && job.Stage != JobStage.Parked
                && job.Id < first.Id
            )
            .Take(JobQueue.LastPlace)
            .CountAsync(cancellationToken);
        foreach (var job in jobs)
        {
            var queued = QueuedJob.Of(job);
            await (
                job.Stage == JobStage.Waiting
                    ? queue.AddAfterAsync(queued, wait.NextLook(job.StartsAt), cancellationToken)
                // Broken off: it has had its turn, and somebody else's end.
                : job.StartedAt is not null ? queue.AddFirstAsync(queued, cancellationToken)
                : queue.AddAsync(queued, place++, cancellationToken)
            );
        }
    }

    [LoggerMessage(LogLevel.Warning, "The queue did not take {Count} jobs; the sweep will bring them")]
    private partial void LogLater(Exception exception, int count);
}
