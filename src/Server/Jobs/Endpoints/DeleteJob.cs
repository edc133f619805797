using Decant.Server.Accounts;
using Decant.Server.Jobs.Ending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>DELETE …/jobs/{id}</c>.</summary>
internal static class DeleteJob
{
    public static async Task<Ok<DeletedJob>> HandleAsync(
        long id,
        HttpContext context,
        JobStopping stopping,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var removed = await stopping.RemoveAsync(
            jobs => jobs.Where(job => job.Id == id && job.AccountId == account),
            cancellationToken
        );
        return removed.Count == 0
            ? throw OwnJobs.Missing(id)
            : TypedResults.Ok(new DeletedJob("Job deleted successfully"));
    }
}

/// <summary>Confirmation that a job is gone.</summary>
/// <param name="Message">Text for a person.</param>
internal sealed record DeletedJob(string Message);
