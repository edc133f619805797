using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Webhooks.Kinds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>POST /api/v1/webhooks/endpoints/{id}/rotate-secret</c>.</summary>
internal static class RotateSecret
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    public static async Task<Ok<EndpointView>> HandleAsync(
        long id,
        RotateSecretRequest? request,
        HttpContext context,
        DecantDb db,
        WebhookSecrets secrets,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var overlap = ReadOverlap(request?.Overlap);
        var kind = (await db.GetOwnEndpointAsync(caller, id, cancellationToken)).Kind;
        var secret = EndpointFields.ReadSecret(kind, request?.Secret);
        var stored = secrets.Protect(secret);
        var until = time.GetUtcNow() + overlap;
        var changed = await db.InWriteTransactionAsync(
            token =>
                db.WebhookEndpoints.Where(one => one.Id == id && one.AccountId == caller.AccountId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.PreviousSecret, one => one.Secret)
                                .SetProperty(one => one.PreviousSecretExpiresAt, until)
                                .SetProperty(one => one.Secret, stored),
                        token
                    ),
            cancellationToken
        );
        return changed == 0
            ? throw OwnWebhooks.MissingEndpoint(id)
            : TypedResults.Ok(
                EndpointView.Of(
                    await db.GetOwnEndpointAsync(caller, id, cancellationToken),
                    time.GetUtcNow(),
                    kind.IsSigned() ? secret : null
                )
            );
    }

    private static TimeSpan ReadOverlap(double? seconds) =>
        seconds is not { } given ? UsualOverlap
        : given >= 0 && given <= LongestOverlap.TotalSeconds ? TimeSpan.FromSeconds(given)
        : throw ApiException.Invalid(
            "overlap",
            $"The overlap {given} is not a number of seconds from 0 to {LongestOverlap.TotalSeconds}."
        );
}

/// <param name="Secret">A secret of your own, 16 to 256 visible ASCII characters; one is made where left out.</param>
/// <param name="Overlap">Seconds for which the old secret signs too, 0 to 604800; 86400 where left out.</param>
internal sealed record RotateSecretRequest(string? Secret, double? Overlap);
