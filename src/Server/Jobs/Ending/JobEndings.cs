using Decant.Engine.Sources;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Money;
using Decant.Server.Telemetry;
using Decant.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Ending;

/// <summary>Ends jobs: the transition, the money and the event in one transaction, or nothing where the job was not the caller's to end.</summary>
internal sealed class JobEndings(
    JobTransitions transitions,
    Ledger ledger,
    Pricing pricing,
    WebhookOutbox webhooks,
    TimeProvider time
)
{
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="delivery">Files of the job, stored.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>False where the run no longer owns the job; then nothing has happened.</returns>
    public async Task<bool> CompleteAsync(Job job, Delivery delivery, CancellationToken cancellationToken)
    {
        var price = PriceOf(job, delivery);
        var due = UsedBy(job, price, job.BilledTo is { } payer ? price.In(payer) : 0);
        var completed = await transitions.ApplyAsync(
            job.Id,
            async (db, token) =>
            {
                if (!await transitions.CompleteAsync(db, job, delivery, due, token))
                {
                    return await IsCompletedByAsync(db, job.Id, delivery, token);
                }

                var endpoints = await WebhookOutbox.FindAsync(db, job, "job.completed", token);
                var charged = job.BilledTo is { } purse ? await ledger.SettleAsync(db, job, price.In(purse), token) : 0;
                if (UsedBy(job, price, charged) is var used && used != due)
                {
                    // It held nothing any more.
                    await JobTransitions.CorrectAsync(db, job.Id, used, token);
                }

                await AddEventAsync(db, job, "job.completed", endpoints, token);
                return true;
            },
            cancellationToken
        );
        if (completed)
        {
            Measures.CountEnd("completed", job.Platform, "none");
            Measures.CountDelivered(delivery.Size, job.Platform);
        }

        return completed;
    }

    /// <inheritdoc cref="CompleteAsync"/>
    public async Task<bool> FailAsync(Job job, string code, string message, CancellationToken cancellationToken)
    {
        var failed = await transitions.ApplyAsync(
            job.Id,
            async (db, token) =>
            {
                var ended = await transitions.FailAsync(db, job, code, message, token);
                if (ended)
                {
                    var endpoints = await WebhookOutbox.FindAsync(db, job, "job.failed", token);
                    await ledger.ReleaseAsync(db, job, token);
                    await AddEventAsync(db, job, "job.failed", endpoints, token);
                }

                return ended;
            },
            cancellationToken
        );
        if (failed)
        {
            Measures.CountEnd("failed", job.Platform, code);
        }

        return failed;
    }

    /// <summary>Cancels a job in whatever state of running it is. Works inside the caller's transaction.</summary>
    /// <returns>False where the job had ended already.</returns>
    public async Task<bool> CancelAsync(DecantDb db, Job job, CancellationToken cancellationToken)
    {
        var ended = await transitions.CancelAsync(db, job.Id, cancellationToken);
        if (ended)
        {
            var endpoints = await WebhookOutbox.FindAsync(db, job, "job.cancelled", cancellationToken);
            await ledger.ReleaseAsync(db, job, cancellationToken);
            await AddEventAsync(db, job, "job.cancelled", endpoints, cancellationToken);
        }

        return ended;
    }

    /// <summary>Whether this very delivery has completed the job, by a commit that was not heard of.</summary>
    private static async Task<bool> IsCompletedByAsync(
        DecantDb db,
        long jobId,
        Delivery delivery,
        CancellationToken cancellationToken
    )
    {
        var files = await db
            .Jobs.Where(one => one.Id == jobId && one.Status == JobStatus.Completed)
            .Select(one => one.Files)
            .SingleOrDefaultAsync(cancellationToken);
        // Keys are random: no other run has stored under them.
        return files is not null
            && files.All.Select(file => file.Key).SequenceEqual(delivery.Files.All.Select(file => file.Key));
    }

    private async Task AddEventAsync(
        DecantDb db,
        Job job,
        string type,
        IReadOnlyList<WebhookEndpoint> endpoints,
        CancellationToken cancellationToken
    )
    {
        var happened = new JobEvent(Guid.CreateVersion7(), job.Id, type, time.GetUtcNow());
        await webhooks.AddAsync(db, job, endpoints, happened, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static Used UsedBy(Job job, Price price, long charged) =>
        new(job.BilledTo is Purse.Credits ? charged : price.Credits, job.BilledTo is Purse.Wallet ? charged : null);

    /// <summary>Price of what was delivered, whatever was announced; nobody pays for a last frame that runs over.</summary>
    private Price PriceOf(Job job, Delivery delivery) =>
        job.BilledTo is null
            ? Price.Nothing
            : pricing.For(
                job.Kind,
                delivery.Medium is { } medium ? Margin.Counted(job.AnnouncedLength, medium.Duration) : null
            );
}
