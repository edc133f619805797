using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Decant.Server.Money;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

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
            Asker.Of(caller.AccountId),
            SourceUrl.Parse(failed.Url),
            new InspectOptions { BypassCache = true },
            cancellationToken
        );
        var (job, answer) = await db.InWriteTransactionAsync(
            async token =>
            {
                if (!await JobTransitions.RestartAsync(db, id, pricing.PayerOf(caller), token))
                {
                    throw NotFailed(await db.GetOwnJobAsync(caller, id, token));
                }

                var price = pricing.For(failed.Kind, failed.AnnouncedLength).In(caller.Purse);
                await ledger.HoldAsync(db, caller, price, id, token);
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
}
