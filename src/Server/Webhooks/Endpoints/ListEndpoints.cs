using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>GET /api/v1/webhooks/endpoints</c>. Not paged: there are few.</summary>
internal static class ListEndpoints
{
    public static async Task<Ok<EndpointList>> HandleAsync(
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var endpoints = await db
            .WebhookEndpoints.AsNoTracking()
            .Where(one => one.AccountId == account)
            .OrderBy(one => one.Id)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new EndpointList([.. endpoints.Select(one => EndpointView.Of(one, time.GetUtcNow()))], endpoints.Count)
        );
    }
}

/// <param name="Items">All of them, oldest first.</param>
/// <param name="Total">Number of endpoints.</param>
internal sealed record EndpointList(IReadOnlyList<EndpointView> Items, int Total);
