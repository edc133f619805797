using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
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
        JobEndings endings,
        JobQueue queue,
        JobChanges changes,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var run = await db.InWriteTransactionAsync(
            async token =>
            {
                var job = await db.GetOwnJobAsync(caller, id, token);
                if (!await endings.CancelAsync(db, job, token) && job.Status != JobStatus.Cancelled)
                {
                    throw new ApiException(
                        ApiError.WrongState,
                        $"Job {id} is {job.Status.ToString().ToUpperInvariant()}; only a job in PROCESSING can be cancelled."
                    );
                }

                return job.RunId;
            },
            cancellationToken
        );
        changes.Announce(id);
        if (run is not null)
        {
            await queue.StopAsync(run, CancellationToken.None);
        }

        var cancelled = await db.GetOwnJobAsync(caller, id, cancellationToken);
        return TypedResults.Ok(views.Show(cancelled, context.Request));
    }
}
