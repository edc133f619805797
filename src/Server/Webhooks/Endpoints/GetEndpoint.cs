using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>GET /api/v1/webhooks/endpoints/{id}</c>.</summary>
internal static class GetEndpoint
{
    public static async Task<Ok<EndpointView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            EndpointView.Of(await db.GetOwnEndpointAsync(context.GetCaller(), id, cancellationToken), time.GetUtcNow())
        );
}
