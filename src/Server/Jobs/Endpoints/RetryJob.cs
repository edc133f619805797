using Decant.Engine.Extracting;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>POST …/jobs/{id}/retry</c>.</summary>
internal static class RetryJob
{
    public static async Task<Ok<JobView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        LookUps lookUps,
        Ledger ledger,
        Pricing pricing,
        JobHandOver handOver,
        JobChanges changes,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var failed = await db.GetOwnJobAsync(caller, id, cancellationToken);
        if (failed.Status != JobStatus.Failed)
        {
            throw NotFailed(failed);
        }

        // Asked anew, not remembered: what made it fail may be gone, or plain to see before anything is charged.
        await lookUps.InspectAsync(
            caller.AccountId,
            SourceUrl.Parse(failed.Url),
            new InspectOptions { BypassCache = true },
            cancellationToken
        );
        var (job, answer) = await db.InWriteTransactionAsync(
            async token =>
            {
                if (!await RestartAsync(db, id, caller.Purse, token))
                {
                    throw NotFailed(await db.GetOwnJobAsync(caller, id, token));
                }

                TimeSpan? duration = failed.EstimatedDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
                await ledger.HoldAsync(db, caller, pricing.For(failed.Kind, duration).In(caller.Purse), id, token);
                var restarted = await db.GetOwnJobAsync(caller, id, token);
                var shown = views.Show(restarted, context.Request);
                await (context.GetNamed()?.KeepAsync(db, shown, token) ?? Task.CompletedTask);
                return (restarted, shown);
            },
            cancellationToken
        );
        changes.Announce(id);
        await handOver.TryHandOverAsync([job], CancellationToken.None);
        return TypedResults.Ok(answer);
    }

    private static ApiException NotFailed(Job job) =>
        new(
            ApiError.WrongState,
            $"Job {job.Id} is {job.Status.ToString().ToUpperInvariant()}; only a job in FAILED can be run again."
        );

    private static async Task<bool> RestartAsync(
        DecantDb db,
        long id,
        Purse purse,
        CancellationToken cancellationToken
    ) =>
        await db
            .Jobs.Where(job => job.Id == id && job.Status == JobStatus.Failed)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(job => job.Status, JobStatus.Processing)
                        .SetProperty(job => job.Stage, JobStage.Queued)
                        .SetProperty(job => job.Progress, 0)
                        .SetProperty(job => job.CancelRequested, false)
                        .SetProperty(job => job.BytesFetched, (long?)null)
                        .SetProperty(job => job.RecordedSeconds, (double?)null)
                        .SetProperty(job => job.Attempts, 0)
                        .SetProperty(job => job.ParkedAt, (DateTimeOffset?)null)
                        .SetProperty(job => job.BilledTo, purse)
                        .SetProperty(job => job.ErrorCode, (string?)null)
                        .SetProperty(job => job.ErrorMessage, (string?)null)
                        .SetProperty(job => job.StartedAt, (DateTimeOffset?)null)
                        .SetProperty(job => job.CompletedAt, (DateTimeOffset?)null),
                cancellationToken
            ) > 0;
}
