using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>POST …/jobs/{id}/cancel</c>.</summary>
internal static class CancelJob
{
    public static async Task<Ok<JobView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        JobStopping stopping,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var found = await stopping.CancelAsync(
            jobs => jobs.Where(job => job.Id == id && job.AccountId == caller.AccountId),
            cancellationToken
        );
        var now = await db.GetOwnJobAsync(caller, id, cancellationToken);
        return found.Any(one => one.IsStopped) || now.Status == JobStatus.Cancelled
            ? TypedResults.Ok(views.Show(now, context.Request))
            : throw new ApiException(
                ApiError.WrongState,
                $"Job {id} is {now.Status.ToString().ToUpperInvariant()}; only a job in PROCESSING can be cancelled."
            );
    }
}
