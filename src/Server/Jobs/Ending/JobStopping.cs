using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Jobs.Watching;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Decant.Server.Jobs.Ending;

/// <summary>Stops and removes jobs on their owner's word: the rows in one transaction, then the runs are told.</summary>
internal sealed partial class JobStopping(
    IDbContextFactory<DecantDb> databases,
    JobEndings endings,
    JobQueue queue,
    JobChanges changes,
    FileRemovals files,
    KeptMedia kept,
    ILogger<JobStopping> logger
)
{
    /// <summary>Cancels those of the jobs that have not ended. A live recording is closed and kept: that is how it ends.</summary>
    /// <param name="which">Picks jobs of the caller's own.</param>
    /// <param name="cancellationToken">Token that ends it, until the commit.</param>
    /// <returns>What became of each job.</returns>
    public Task<IReadOnlyList<StoppedJob>> CancelAsync(
        Func<IQueryable<Job>, IQueryable<Job>> which,
        CancellationToken cancellationToken
    ) => StopAsync(which, JobTransitions.AskToCloseAsync, (_, _, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Removes jobs and their files, cancelling them where needed. Their ledger entries and their events stay.</summary>
    /// <inheritdoc cref="CancelAsync"/>
    public async Task<IReadOnlyList<StoppedJob>> RemoveAsync(
        Func<IQueryable<Job>, IQueryable<Job>> which,
        CancellationToken cancellationToken
    )
    {
        var removed = await StopAsync(
            which,
            (_, _, _) => Task.FromResult(false),
            async (db, jobs, token) =>
            {
                var ids = jobs.Select(job => job.Id).ToList();
                await db.Jobs.Where(job => ids.Contains(job.Id)).ExecuteDeleteAsync(token);
                await kept.ForgetAsync(db, jobs, token);
            },
            cancellationToken
        );
        await files.RemoveAllAsync([.. removed.Select(job => job.Job.Id)]);

        return removed;
    }

    private async Task<IReadOnlyList<StoppedJob>> StopAsync(
        Func<IQueryable<Job>, IQueryable<Job>> which,
        Func<DecantDb, Job, CancellationToken, Task<bool>> tryClose,
        Func<DecantDb, IReadOnlyList<Job>, CancellationToken, Task> afterwards,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stopped = await db.InWriteTransactionAsync(
            async token =>
            {
                var found = new List<StoppedJob>();
                foreach (var job in await LockAsync(db, which, token))
                {
                    var isClosed = await tryClose(db, job, token);
                    var isCancelled = !isClosed && await endings.CancelAsync(db, job, token);
                    found.Add(new StoppedJob(job, isClosed || isCancelled) { IsClosed = isClosed });
                }

                await afterwards(db, [.. found.Select(one => one.Job)], token);
                return found;
            },
            cancellationToken
        );
        foreach (var one in stopped)
        {
            changes.Announce(one.Job.Id);
            if (one is { IsClosed: false, Job.RunId: { } run })
            {
                await TryStopAsync(run);
            }
        }

        return stopped;
    }

    /// <summary>Reads the jobs and keeps them as they were read: one that is retried meanwhile would be removed with its hold, or give it back to another purse.</summary>
    private static async Task<List<Job>> LockAsync(
        DecantDb db,
        Func<IQueryable<Job>, IQueryable<Job>> which,
        CancellationToken cancellationToken
    )
    {
        var ids = await which(db.Jobs).Select(job => job.Id).ToListAsync(cancellationToken);
        await db.LockAsync<Job>(ids, cancellationToken);
        // Chosen anew: until they were locked they may have become others than the caller meant.
        return await which(db.Jobs.AsNoTracking().Where(job => ids.Contains(job.Id)))
            .OrderBy(job => job.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The rows say so already: a run that is not told finds out by itself, within a second.</summary>
    private async Task TryStopAsync(string run)
    {
        try
        {
            // From here on nobody's hanging up may leave a run behind.
            await queue.StopAsync(run, CancellationToken.None);
        }
        catch (Exception exception) when (exception is SchedulerException || DatabaseTrouble.IsCauseOf(exception))
        {
            LogUntold(exception, run);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Run {RunId}, whose job was stopped, could not be told")]
    private partial void LogUntold(Exception exception, string runId);
}

/// <param name="Job">The job as it was.</param>
/// <param name="IsStopped">False where the job had ended already.</param>
internal sealed record StoppedJob(Job Job, bool IsStopped)
{
    /// <summary>The run was told to end by itself, which it does within a second.</summary>
    public bool IsClosed { get; init; }
}
