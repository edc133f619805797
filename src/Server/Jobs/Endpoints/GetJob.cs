using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs/{id}</c> and <c>…/public/jobs/{id}</c>.</summary>
internal static class GetJob
{
    public static async Task<Ok<JobView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var job = await db.GetOwnJobAsync(context.GetCaller(), id, cancellationToken);
        return TypedResults.Ok(views.Show(job, context.Request));
    }

    /// <param name="token">The <c>access_token</c> that the job's creation answered with.</param>
    public static async Task<Ok<JobView>> HandlePublicAsync(
        long id,
        string? token,
        HttpContext context,
        DecantDb db,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var hash = KeySecret.Hash(token ?? "");
        var job = await db
            .Jobs.AsNoTracking()
            .SingleOrDefaultAsync(
                one => one.Id == id && one.AccountId == null && one.AccessTokenHash == hash,
                cancellationToken
            );
        return TypedResults.Ok(views.Show(job ?? throw OwnJobs.Missing(id), context.Request));
    }
}
