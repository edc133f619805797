using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>POST /api/v1/webhooks/endpoints/{id}/test</c>.</summary>
internal static class TestEndpoint
{
    public static async Task<Ok<DeliveryView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        WebhookOutbox outbox,
        WebhookAttempts attempts,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var endpoint = await db.GetOwnEndpointAsync(caller, id, cancellationToken);
        var body = TestWebhookBody.Of(Guid.CreateVersion7(), time.GetUtcNow());
        var delivery = await db.InWriteTransactionAsync(
            async token =>
            {
                // Sent here and now, rather than when its turn comes: whoever tests is waiting.
                var made = attempts.Claim(outbox.ToEndpoint(endpoint, body));
                db.WebhookDeliveries.Add(made);
                await db.SaveChangesAsync(token);
                return made;
            },
            cancellationToken
        );

        await attempts.RunAsync(delivery, cancellationToken);
        return TypedResults.Ok(DeliveryView.Of(await db.GetOwnDeliveryAsync(caller, delivery.Id, cancellationToken)));
    }
}
