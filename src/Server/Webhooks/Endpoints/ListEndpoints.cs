using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>GET /api/v1/webhooks/endpoints</c>.</summary>
internal static class ListEndpoints
{
    public static async Task<Ok<PageOf<EndpointView>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (limit, skip) = page.Read();
        var endpoints = db.WebhookEndpoints.AsNoTracking().Where(one => one.AccountId == account);
        var total = await endpoints.CountAsync(cancellationToken);
        var shown = await endpoints.OrderBy(one => one.Id).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new PageOf<EndpointView>(
                [.. shown.Select(one => EndpointView.Of(one, time.GetUtcNow()))],
                total,
                limit,
                skip
            )
        );
    }
}
