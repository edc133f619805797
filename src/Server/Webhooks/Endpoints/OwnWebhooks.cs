using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary>The caller's endpoints and deliveries; anybody else's are as good as none.</summary>
internal static class OwnWebhooks
{
    /// <exception cref="ApiException"><c>not_found</c>.</exception>
    public static async Task<WebhookEndpoint> GetOwnEndpointAsync(
        this DecantDb db,
        Caller caller,
        long id,
        CancellationToken cancellationToken
    ) =>
        await db
            .WebhookEndpoints.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == id && one.AccountId == caller.AccountId, cancellationToken)
        ?? throw MissingEndpoint(id);

    /// <exception cref="ApiException"><c>not_found</c>.</exception>
    public static async Task<WebhookDelivery> GetOwnDeliveryAsync(
        this DecantDb db,
        Caller caller,
        long id,
        CancellationToken cancellationToken
    ) =>
        await db
            .WebhookDeliveries.AsNoTracking()
            .Include(one => one.Log)
            .SingleOrDefaultAsync(one => one.Id == id && one.AccountId == caller.AccountId, cancellationToken)
        ?? throw new ApiException(ApiError.NotFound, $"There is no delivery {id} of yours.");

    public static ApiException MissingEndpoint(long id) =>
        new(ApiError.NotFound, $"There is no webhook endpoint {id} of yours.");
}
