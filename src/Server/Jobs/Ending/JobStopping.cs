using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Runs;
using Decant.Server.Jobs.Watching;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Decant.Server.Jobs.Ending;

/// <summary>Stops and removes jobs on their owner's word: the rows in one transaction, then the runs are told.</summary>
internal sealed partial class JobStopping(
    IDbContextFactory<DecantDb> databases,
    JobEndings endings,
    JobQueue queue,
    JobChanges changes,
    LocalStorage storage,
    KeptMedia kept,
    ILogger<JobStopping> logger
)
{
    /// <summary>Cancels those of the jobs that have not ended. A live recording is closed and kept: that is how it ends.</summary>
    /// <param name="which">Picks jobs of the caller's own.</param>
    /// <param name="cancellationToken">Gives up, until the commit.</param>
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
        foreach (var job in removed)
        {
            TryDeleteFiles(job.Job.Id);
        }

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
                foreach (var job in await which(db.Jobs.AsNoTracking()).OrderBy(job => job.Id).ToListAsync(token))
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

    /// <summary>The rows are gone already: files that cannot be deleted are the janitor's, whose round tries them again.</summary>
    private void TryDeleteFiles(long jobId)
    {
        try
        {
            storage.DeleteAllOf(jobId);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            storage.Leave(jobId);
            LogUndeleted(exception, jobId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The files of job {JobId}, which was removed, could not be deleted")]
    private partial void LogUndeleted(Exception exception, long jobId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId}, whose job was stopped, could not be told")]
    private partial void LogUntold(Exception exception, string runId);
}

/// <param name="Job">As it was.</param>
/// <param name="IsStopped">False where it had ended already.</param>
internal sealed record StoppedJob(Job Job, bool IsStopped)
{
    /// <summary>It was told to end by itself, which it does within a second.</summary>
    public bool IsClosed { get; init; }
}
