using Decant.Engine.Errors;
using Decant.Server.Data;
using Microsoft.Extensions.Options;
using Quartz;

namespace Decant.Server.Jobs;

/// <summary>One run of a job, from the claim to its end or its next attempt.</summary>
internal sealed partial class JobRun(
    JobClaims claims,
    JobDelivery delivery,
    JobEndings endings,
    JobQueue queue,
    LiveWait wait,
    PlatformParking parking,
    IHostApplicationLifetime lifetime,
    IOptions<JobsOptions> options,
    ILogger<JobRun> logger
)
{
    /// <summary>A source that wants to be left alone for longer has the job failed: its client decides better than we do.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <param name="queued">What the queue handed out.</param>
    /// <param name="runId">The firing, which is to own the job.</param>
    /// <param name="stop">The queue's word: the job was cancelled, or the server stops.</param>
    public async Task RunAsync(QueuedJob queued, string runId, CancellationToken stop)
    {
        if (await parking.TryParkAsync(queued, stop))
        {
            return;
        }

        var claim = await claims.TryClaimAsync(queued.JobId, runId, stop);
        if (claim.FullPlatform is { } platform)
        {
            await queue.ParkAsync(queued, platform, stop);
            return;
        }

        if (claim.Job is not { } job)
        {
            return;
        }

        try
        {
            if (job.Attempts - 1 - queued.Retry > options.Value.MaxRecoveries)
            {
                await GiveUpAsync(job, runId);
            }
            else
            {
                await AttemptAsync(job, queued, runId, stop);
            }
        }
        finally
        {
            await WakeNextAsync(job.Platform);
        }
    }

    /// <summary>Room for one on the platform. Should nobody be told, the parked ones look for themselves before long.</summary>
    private async Task WakeNextAsync(string platform)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await queue.WakeNextAsync(platform, CancellationToken.None);
        }
        catch (SchedulerException exception)
        {
            LogNotWoken(exception, platform);
        }
    }

    private async Task AttemptAsync(Job job, QueuedJob queued, string runId, CancellationToken stop)
    {
        // A job must come to an end or go back to the queue, whatever becomes of the one who asked.
        var toTheEnd = CancellationToken.None;
        using var run = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var made = await delivery.MakeAsync(job, runId, run);
            await parking.SucceededAsync(job, toTheEnd);
            if (!await endings.CompleteAsync(job, runId, made, toTheEnd))
            {
                delivery.Discard(made);
                return;
            }

            delivery.DiscardRecordingOf(job.Id);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await endings.RequeueAsync(job, runId, counts: false, toTheEnd);
            // The queue takes it for unfinished and keeps it for the next start, or for another node.
            throw;
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // Cancelled, deleted or taken over: whoever did it has written what becomes of the job.
            LogLost(job.Id);
        }
        catch (MediaException exception)
        {
            if (!await parking.TryParkAsync(job, queued, exception, toTheEnd))
            {
                await FailAsync(job, queued, runId, exception, toTheEnd);
            }
        }
        catch (Exception exception) when (FullDisk.IsCauseOf(exception))
        {
            // The database has its file beside what jobs write.
            var answer = new MediaException(MediaError.Overloaded, FullDisk.Message, exception);
            await FailAsync(job, queued, runId, answer, toTheEnd);
        }
        catch (Exception exception)
        {
            // The one place where anything may come up: an error nobody foresaw must not leave a job running for ever.
            LogUnforeseen(exception, job.Id);
            var answer = new MediaException(
                MediaError.Overloaded,
                $"The server could not do its part of job {job.Id}; its log says why.",
                exception
            );
            await FailAsync(job, queued, runId, answer, toTheEnd);
        }
    }

    /// <summary>A job that takes the server down with it must not do so for ever.</summary>
    private Task GiveUpAsync(Job job, string runId) =>
        EndAsync(
            job,
            runId,
            MediaError.Overloaded,
            $"The job was begun {job.Attempts - 1} times and the server broke off each time. Try another format, or tell the operator."
        );

    private async Task FailAsync(
        Job job,
        QueuedJob queued,
        string runId,
        MediaException exception,
        CancellationToken cancellationToken
    )
    {
        var startsAt = exception.Figures.GetValueOrDefault("starts_at") as DateTimeOffset?;
        if (exception.Error == MediaError.NotStarted && wait.IsWorthIt(job, startsAt))
        {
            if (await endings.WaitAsync(job, runId, startsAt, cancellationToken))
            {
                await queue.AddAfterAsync(queued, wait.NextLook(startsAt), cancellationToken);
            }

            return;
        }

        var delays = options.Value.EffectiveRetryDelays;
        if (!IsPassing(exception) || queued.Retry >= delays.Count)
        {
            await EndAsync(job, runId, exception.Error, exception.Message);
            return;
        }

        var delay = exception.RetryAfter > delays[queued.Retry] ? exception.RetryAfter.Value : delays[queued.Retry];
        LogRetry(job.Id, exception.Error.Code, queued.Retry + 1, delay, exception.Message);
        if (await endings.RequeueAsync(job, runId, counts: true, cancellationToken))
        {
            await queue.AddAfterAsync(queued with { Retry = queued.Retry + 1 }, delay, cancellationToken);
        }
    }

    private async Task EndAsync(Job job, string runId, MediaError error, string message)
    {
        LogFailed(job.Id, error.Code, message);
        if (await endings.FailAsync(job, runId, error.Code, message, CancellationToken.None))
        {
            // Also what an earlier run stored and could not commit.
            delivery.DiscardAllOf(job.Id);
        }
    }

    private static bool IsPassing(MediaException exception) =>
        exception.Error.Retryable
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

    [LoggerMessage(LogLevel.Warning, "No parked job of {Platform} could be woken")]
    private partial void LogNotWoken(Exception exception, string platform);
}
