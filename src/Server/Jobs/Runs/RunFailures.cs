using Decant.Engine.Errors;
using Decant.Server.Data;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Storage;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Decides about runs that made nothing: another attempt, a wait, or the job's end.</summary>
// Eight parameters: every way out of a failed run leads through another of them.
internal sealed partial class RunFailures(
    JobTransitions transitions,
    JobEndings endings,
    JobDelivery delivery,
    JobQueue queue,
    LiveWait wait,
    DatabaseReturn back,
    IOptions<JobsOptions> options,
    ILogger<RunFailures> logger
)
{
    /// <summary>A source that wants to be left alone for longer has the job failed: its client decides better than we do.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>A job that takes the server down with it must not do so for ever.</summary>
    public async Task<bool> GaveUpAsync(Job job, QueuedJob queued)
    {
        if (job.Attempts - 1 - queued.Retry <= options.Value.MaxRecoveries)
        {
            return false;
        }

        await EndAsync(
            job,
            MediaError.Overloaded.Code,
            $"The job was begun {job.Attempts - 1} times and the server broke off each time. Try another format, or tell the operator."
        );
        return true;
    }

    /// <summary>Puts a job aside whose platform has as many running jobs as it may: it is woken when one of them has ended.</summary>
    public Task WaitForRoomAsync(Job job, QueuedJob queued, CancellationToken cancellationToken) =>
        back.UntilDoneAsync(() => queue.ParkAsync(queued, job.Platform, cancellationToken));

    /// <summary>The server stops in good order, which is not held against the job.</summary>
    public Task BreakOffAsync(Job job, CancellationToken cancellationToken) =>
        RequeueAsync(job, counts: false, cancellationToken);

    public void Lost(Job job) => LogLost(job.Id);

    /// <returns>The failure in the words of the error table.</returns>
    public MediaException Explain(Job job, Exception exception)
    {
        switch (exception)
        {
            case MediaException known:
                return known;
            case StorageTroubleException trouble:
                return new MediaException(MediaError.Overloaded, trouble.Message, trouble);
            // The database has its file beside what jobs write.
            case var away when DatabaseTrouble.Of(away) is { } trouble:
                return new MediaException(MediaError.Overloaded, trouble.Message, away);
            default:
                LogUnforeseen(exception, job.Id);
                return new MediaException(
                    MediaError.Overloaded,
                    $"The server could not do its part of job {job.Id}; its log says why.",
                    exception
                );
        }
    }

    public async Task FailAsync(
        Job job,
        QueuedJob queued,
        MediaException exception,
        CancellationToken cancellationToken
    )
    {
        var startsAt = exception.Figures.GetValueOrDefault("starts_at") as DateTimeOffset?;
        if (exception.Error == MediaError.NotStarted && wait.IsWorthIt(job, startsAt))
        {
            await WaitAsync(job, queued, startsAt, cancellationToken);
            return;
        }

        var delays = options.Value.EffectiveRetryDelays;
        if (!IsPassing(exception) || queued.Retry >= delays.Count)
        {
            await EndAsync(job, exception.Error.Code, exception.Message);
            return;
        }

        var delay = exception.RetryAfter > delays[queued.Retry] ? exception.RetryAfter.Value : delays[queued.Retry];
        LogRetry(job.Id, exception.Error.Code, queued.Retry + 1, delay, exception.Message);
        if (await RequeueAsync(job, counts: true, cancellationToken))
        {
            var next = queued with { Retry = queued.Retry + 1 };
            await back.UntilDoneAsync(() => queue.AddAfterAsync(next, delay, cancellationToken));
        }
    }

    public async Task EndAsync(Job job, string code, string message)
    {
        LogFailed(job.Id, code, message);
        if (await endings.FailAsync(job, code, message, CancellationToken.None))
        {
            // Also what an earlier run stored and could not commit.
            await delivery.DiscardAllOfAsync(job.Id);
        }
    }

    private async Task WaitAsync(
        Job job,
        QueuedJob queued,
        DateTimeOffset? startsAt,
        CancellationToken cancellationToken
    )
    {
        var waits = await transitions.ApplyAsync(
            job.Id,
            (db, token) => JobTransitions.WaitAsync(db, job, startsAt, token),
            cancellationToken
        );
        if (waits)
        {
            await back.UntilDoneAsync(() => queue.AddAfterAsync(queued, wait.NextLook(startsAt), cancellationToken));
        }
    }

    private Task<bool> RequeueAsync(Job job, bool counts, CancellationToken cancellationToken) =>
        transitions.ApplyAsync(
            job.Id,
            (db, token) => JobTransitions.RequeueAsync(db, job, counts, token),
            cancellationToken
        );

    private static bool IsPassing(MediaException exception) =>
        exception.MayPass
        // A stream begins when it begins; the client knows the hour from the answer.
        && exception.Error != MediaError.NotStarted
        && !(exception.RetryAfter > LongestPause);

    [LoggerMessage(LogLevel.Information, "Job {JobId} is no longer this run's")]
    private partial void LogLost(long jobId);

    // How a source fails is no fault of ours: a sentence, no stack.
    [LoggerMessage(LogLevel.Information, "Job {JobId} failed with {Code}: {Detail}")]
    private partial void LogFailed(long jobId, string code, string detail);

    [LoggerMessage(LogLevel.Information, "Job {JobId} met {Code}; retry {Retry} in {Delay}: {Detail}")]
    private partial void LogRetry(long jobId, string code, int retry, TimeSpan delay, string detail);

    [LoggerMessage(LogLevel.Error, "Job {JobId} met an unforeseen error")]
    private partial void LogUnforeseen(Exception exception, long jobId);
}
