using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Batches;

/// <summary><c>GET …/batches/{id}</c>.</summary>
internal static class GetBatch
{
    public static async Task<Ok<BatchView>> HandleAsync(
        Guid id,
        HttpContext context,
        DecantDb db,
        BatchViews views,
        CancellationToken cancellationToken
    )
    {
        var jobs = await db.GetOwnBatchAsync(context.GetCaller(), id, cancellationToken);
        return TypedResults.Ok(views.Show(id, jobs, context.Request));
    }
}
