using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Batches;

/// <summary><c>POST …/batches/{id}/cancel</c>: what has ended stays as it is, so that doing it twice does no harm.</summary>
internal static class CancelBatch
{
    public static async Task<Ok<BatchView>> HandleAsync(
        Guid id,
        HttpContext context,
        DecantDb db,
        JobStopping stopping,
        BatchViews views,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        await stopping.CancelAsync(
            jobs => jobs.OfBatch(id, caller).Where(job => job.Status == JobStatus.Processing),
            cancellationToken
        );
        var jobs = await db.GetOwnBatchAsync(caller, id, cancellationToken);
        return TypedResults.Ok(views.Show(id, jobs, context.Request));
    }
}
