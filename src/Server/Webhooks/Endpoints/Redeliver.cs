using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>POST /api/v1/webhooks/deliveries/{id}/redeliver</c>: due now, with all its attempts before it again.</summary>
internal static class Redeliver
{
    public static async Task<Ok<DeliveryView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        await db.GetOwnDeliveryAsync(caller, id, cancellationToken);
        var now = time.GetUtcNow();
        var renewed = await db.InWriteTransactionAsync(
            token =>
                db.WebhookDeliveries.Where(one =>
                        one.Id == id
                        && one.AccountId == caller.AccountId
                        // A claim that has run out is a dead node's.
                        && (one.ClaimedBy == null || one.NextAttemptAt <= now)
                    )
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.Status, DeliveryStatus.Pending)
                                .SetProperty(one => one.ClaimedBy, (Guid?)null)
                                .SetProperty(one => one.Attempts, 0)
                                .SetProperty(one => one.NextAttemptAt, now),
                        token
                    ),
            cancellationToken
        );
        return renewed == 0
            ? throw new ApiException(
                ApiError.WrongState,
                $"Delivery {id} is being sent right now; wait for its outcome."
            )
            : TypedResults.Ok(DeliveryView.Of(await db.GetOwnDeliveryAsync(caller, id, cancellationToken)));
    }
}
