using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>DELETE /api/v1/webhooks/endpoints/{id}</c>.</summary>
internal static class DeleteEndpoint
{
    public static async Task<Ok<DeletedEndpoint>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var deleted = await db.InWriteTransactionAsync(
            token =>
                db.WebhookEndpoints.Where(one => one.Id == id && one.AccountId == account).ExecuteDeleteAsync(token),
            cancellationToken
        );
        return deleted == 0
            ? throw OwnWebhooks.MissingEndpoint(id)
            : TypedResults.Ok(new DeletedEndpoint("Webhook endpoint deleted successfully"));
    }
}

/// <summary>Confirmation of a deletion.</summary>
/// <param name="Message">Text for a person.</param>
internal sealed record DeletedEndpoint(string Message);
