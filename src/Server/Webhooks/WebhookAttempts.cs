using Decant.Server.Data;
using Decant.Server.Webhooks.Kinds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>
/// Attempts at deliveries: claimed by one node, sent, and written down by the one that claimed. A node that dies in between
/// leaves a claim that runs out, and the delivery is sent again: at least once, and under the same event id.
/// </summary>
internal sealed partial class WebhookAttempts(
    IDbContextFactory<DecantDb> databases,
    WebhookSender sender,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookAttempts> logger
)
{
    /// <summary>Makes a delivery that is yet to be written this node's from the start, until the lease is over.</summary>
    public WebhookDelivery Claim(WebhookDelivery unwritten)
    {
        unwritten.ClaimedBy = Guid.NewGuid();
        unwritten.NextAttemptAt = time.GetUtcNow() + options.Value.Lease;
        return unwritten;
    }

    /// <returns>The delivery, now this node's until the lease is over; null where it is not due or another has it.</returns>
    public async Task<WebhookDelivery?> TryClaimAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var claim = Guid.NewGuid();
        // No write transaction: a claim that a power cut undoes is a delivery sent twice, which may happen anyway.
        var claimed = await db
            .WebhookDeliveries.Where(one =>
                one.Id == id && one.Status == DeliveryStatus.Pending && one.NextAttemptAt <= now
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.ClaimedBy, claim)
                        .SetProperty(one => one.NextAttemptAt, now + options.Value.Lease),
                cancellationToken
            );
        return claimed == 0
            ? null
            : await db
                .WebhookDeliveries.AsNoTracking()
                .SingleOrDefaultAsync(one => one.Id == id && one.ClaimedBy == claim, cancellationToken);
    }

    /// <summary>Sends what was claimed and writes down what came of it.</summary>
    /// <returns>True where the receiver accepted it.</returns>
    /// <exception cref="OperationCanceledException">The server stops; the delivery is due again.</exception>
    public async Task<bool> RunAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var endpoint = await db
            .WebhookEndpoints.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == delivery.EndpointId, cancellationToken);
        if ((endpoint?.Url ?? delivery.Url) is not { } url)
        {
            // The endpoint was deleted just now, and its deliveries with it.
            return true;
        }

        try
        {
            var outcome = await sender.SendAsync(
                delivery,
                endpoint?.Kind ?? WebhookKind.Decant,
                url,
                SecretsOf(delivery, endpoint),
                cancellationToken
            );
            await RecordAsync(db, delivery, outcome);
            return outcome.Succeeded;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await OwnedBy(db, delivery)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(one => one.ClaimedBy, (Guid?)null)
                            .SetProperty(one => one.NextAttemptAt, delivery.NextAttemptAt - options.Value.Lease),
                    CancellationToken.None
                );
            throw;
        }
    }

    private IReadOnlyList<string> SecretsOf(WebhookDelivery delivery, WebhookEndpoint? endpoint) =>
        endpoint is null ? (delivery.Secret is { } own ? [own] : [])
        : endpoint.PreviousSecret is { } previous && endpoint.PreviousSecretExpiresAt > time.GetUtcNow()
            ? [endpoint.Secret, previous]
        : [endpoint.Secret];

    // Once sent it is written down, whoever stops: that is what keeps "at least once" close to once.
    private Task RecordAsync(DecantDb db, WebhookDelivery delivery, DeliveryOutcome outcome) =>
        db.InWriteTransactionAsync(
            async token =>
            {
                var now = time.GetUtcNow();
                var attempts = delivery.Attempts + 1;
                var isLast = attempts >= options.Value.MaxAttempts || delivery.EventType == WebhookEvents.Test;
                var status =
                    outcome.Succeeded ? DeliveryStatus.Delivered
                    : isLast ? DeliveryStatus.DeadLetter
                    : DeliveryStatus.Pending;
                var recorded = await OwnedBy(db, delivery)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.Status, status)
                                .SetProperty(one => one.ClaimedBy, (Guid?)null)
                                .SetProperty(one => one.Attempts, attempts)
                                .SetProperty(one => one.NextAttemptAt, now + options.Value.DelayAfter(attempts))
                                .SetProperty(one => one.LastAttemptAt, now)
                                .SetProperty(one => one.ResponseStatus, outcome.Status)
                                .SetProperty(one => one.ResponseBody, outcome.Answer)
                                .SetProperty(one => one.ResponseTime, Math.Round(outcome.Took.TotalSeconds, 3))
                                .SetProperty(one => one.Error, outcome.Reason),
                        token
                    );
                if (recorded == 0)
                {
                    return;
                }

                await LogAsync(db, delivery, outcome, now, token);
                if (delivery.EndpointId is { } endpoint)
                {
                    await NoteAsync(db, endpoint, outcome.Succeeded, now, token);
                }
            },
            CancellationToken.None
        );

    private static async Task LogAsync(
        DecantDb db,
        WebhookDelivery delivery,
        DeliveryOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        db.DeliveryAttempts.Add(
            new DeliveryAttempt
            {
                DeliveryId = delivery.Id,
                At = now,
                ResponseStatus = outcome.Status,
                DurationMs = (int)outcome.Took.TotalMilliseconds,
                Error = outcome.Reason,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        await db
            .DeliveryAttempts.Where(one => one.DeliveryId == delivery.Id)
            .OrderByDescending(one => one.Id)
            .Skip(DeliveryAttempt.MostKept)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Keeps since when an endpoint has taken nothing, and switches it off when that is too long ago.</summary>
    private async Task NoteAsync(
        DecantDb db,
        long endpointId,
        bool succeeded,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var endpoint = db.WebhookEndpoints.Where(one => one.Id == endpointId);
        if (succeeded)
        {
            await endpoint
                .Where(one => one.FailingSince != null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.FailingSince, (DateTimeOffset?)null),
                    cancellationToken
                );
            return;
        }

        await endpoint
            .Where(one => one.FailingSince == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.FailingSince, now), cancellationToken);
        var limit = now - options.Value.DisableAfter;
        var reason = $"It took nothing for {options.Value.DisableAfter:c}. Switch it on again once it does.";
        var disabled = await endpoint
            .Where(one => one.Enabled && one.FailingSince <= limit)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Enabled, false).SetProperty(one => one.DisabledReason, reason),
                cancellationToken
            );
        if (disabled > 0)
        {
            LogDisabled(endpointId);
        }
    }

    private static IQueryable<WebhookDelivery> OwnedBy(DecantDb db, WebhookDelivery delivery) =>
        db.WebhookDeliveries.Where(one => one.Id == delivery.Id && one.ClaimedBy == delivery.ClaimedBy);

    [LoggerMessage(LogLevel.Warning, "Webhook endpoint {EndpointId} took nothing for too long and is switched off")]
    private partial void LogDisabled(long endpointId);
}
