using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs/{id}</c>, at once or (<c>?wait=30</c>) when the job has changed; and <c>…/public/jobs/{id}</c>.</summary>
internal static class GetJob
{
    /// <summary>Seconds; proxies break off a silent answer after a minute.</summary>
    private const int LongestWait = 60;

    /// <param name="wait">Seconds to wait for a change, 0 to 60; 0 where nothing is said.</param>
    public static async Task<Ok<JobView>> HandleAsync(
        long id,
        string? wait,
        HttpContext context,
        DecantDb db,
        JobViews views,
        JobPatience patience,
        QueueLooks looks,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var longest = TimeSpan.FromSeconds(QueryText.ReadNumber("wait", wait, 0, 0, LongestWait));
        var job =
            longest > TimeSpan.Zero
                ? await patience.WaitAsync(caller, id, longest, context, db, cancellationToken)
                : await db.GetOwnJobAsync(caller, id, cancellationToken);
        await looks.TryLookAsync([job], cancellationToken);
        return TypedResults.Ok(views.Show(job, context.Request));
    }

    /// <param name="id">Number of the job.</param>
    /// <param name="token">The <c>access_token</c> that the job's creation answered with.</param>
    /// <param name="header">The same where no address and no log of a proxy is to have it; it wins over the query's.</param>
    /// <param name="context">The request.</param>
    /// <param name="db">Database, for reading.</param>
    /// <param name="views">Views, for the answer.</param>
    /// <param name="looks">Queue of the jobs, for this one's place in it.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public static async Task<Ok<JobView>> HandlePublicAsync(
        long id,
        string? token,
        [FromHeader(Name = "X-Access-Token")] string? header,
        HttpContext context,
        DecantDb db,
        JobViews views,
        QueueLooks looks,
        CancellationToken cancellationToken
    )
    {
        var hash = KeySecret.Hash(header ?? token ?? "");
        var job =
            await db
                .Jobs.AsNoTracking()
                .SingleOrDefaultAsync(
                    one => one.Id == id && one.AccountId == null && one.AccessTokenHash == hash,
                    cancellationToken
                )
            ?? throw OwnJobs.Missing(id);
        await looks.TryLookAsync([job], cancellationToken);
        return TypedResults.Ok(views.Show(job, context.Request));
    }
}
