using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Queue;
using Decant.Server.Platforms.Cookies;

namespace Decant.Server.Jobs.Runs;

/// <summary>A run of a job, from the claim to its end or its next attempt.</summary>
// Nine parameters: all that a run goes through meets here.
internal sealed class JobRun(
    JobClaims claims,
    PlatformParking parking,
    AccountCookies cookies,
    JobDelivery delivery,
    JobEndings endings,
    RunFailures failures,
    DatabaseReturn back,
    IHostApplicationLifetime lifetime,
    ILogger<JobRun> logger
)
{
    /// <param name="queued">The job as the queue handed it out.</param>
    /// <param name="runId">The firing, which is to own the job.</param>
    /// <param name="stop">The queue's word: the job was cancelled, or the server stops.</param>
    public async Task RunAsync(QueuedJob queued, string runId, CancellationToken stop)
    {
        if (await claims.FindAsync(queued.JobId, stop) is not { } found)
        {
            return;
        }

        var job = found.Job;
        using var about = logger.BeginScope(
            new Dictionary<string, object?> { ["JobId"] = job.Id, ["AccountId"] = job.AccountId }
        );
        switch (await parking.MayAskAsync(found, queued, stop))
        {
            case Asking.TooLate late:
                await failures.EndAsync(job, late.Code, late.Message);
                return;
            case var asking when asking != Asking.Allowed:
                return;
        }

        switch (await claims.TryClaimAsync(job, runId, stop))
        {
            case ClaimResult.Claimed:
                await AttemptAndLeaveAsync(job, queued, stop);
                break;
            case ClaimResult.PlatformIsFull:
                await failures.WaitForRoomAsync(job, queued, stop);
                break;
        }
    }

    private async Task AttemptAndLeaveAsync(Job job, QueuedJob queued, CancellationToken stop)
    {
        try
        {
            if (!await failures.GaveUpAsync(job, queued))
            {
                await AttemptAsync(job, queued, stop);
            }
        }
        finally
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await claims.LeaveRoomAsync(job.Platform);
            }
        }
    }

    private async Task AttemptAsync(Job job, QueuedJob queued, CancellationToken stop)
    {
        // A job must come to an end or go back to the queue, whatever becomes of the one who asked.
        var toTheEnd = CancellationToken.None;
        using var run = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Whoever has cookies of their own is somebody else to the platform: how it treats them says nothing of others.
        var isStranger = false;
        try
        {
            var page = await back.UntilDoneAsync(() =>
                cookies.PageAsync(job.AccountId, SourceUrl.Parse(job.Url), run.Token)
            );
            isStranger = page.Identity is null;
            var made = await delivery.MakeAsync(job, page, run);
            if (isStranger)
            {
                await parking.SucceededAsync(job, toTheEnd);
            }

            if (await endings.CompleteAsync(job, made, toTheEnd))
            {
                delivery.DiscardRecordingOf(job.Id);
            }
            else
            {
                await delivery.DiscardAsync(made);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await failures.BreakOffAsync(job, toTheEnd);
            // The queue takes it for unfinished and keeps it for the next start, or for another node.
            throw;
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // Cancelled, deleted or taken over: whoever did it has written what becomes of the job.
            failures.Lost(job);
        }
        catch (MediaException refusal) when (isStranger && PlatformParking.IsRefusal(job, refusal))
        {
            if (!await parking.TryParkAsync(job, queued, refusal, toTheEnd))
            {
                await failures.FailAsync(job, queued, refusal, toTheEnd);
            }
        }
        catch (ApiException refusal) when (!refusal.Error.Retryable)
        {
            // More has come than was announced, and the purse does not bear it.
            await failures.EndAsync(job, refusal.Error.Code, refusal.Message);
        }
        catch (Exception exception)
        {
            // The one place where anything may come up: an error nobody foresaw must not leave a job running for ever.
            await failures.FailAsync(job, queued, failures.Explain(job, exception), toTheEnd);
        }
    }
}
