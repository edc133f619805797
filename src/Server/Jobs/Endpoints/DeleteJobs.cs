using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Jobs.Ending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>POST …/jobs/delete</c>: a body, because some proxies and clients drop that of a DELETE.</summary>
internal static class DeleteJobs
{
    private const int MostJobs = 200;

    public static async Task<Ok<DeletedJobs>> HandleAsync(
        DeleteJobsRequest request,
        HttpContext context,
        JobStopping stopping,
        CancellationToken cancellationToken
    )
    {
        if (request.Ids is not { Count: > 0 and <= MostJobs } ids)
        {
            throw ApiException.Invalid(
                "ids",
                $"The field ids has {request.Ids?.Count ?? 0} numbers; 1 to {MostJobs} are allowed."
            );
        }

        var account = context.GetCaller().AccountId;
        var removed = await stopping.RemoveAsync(
            jobs => jobs.Where(job => ids.Contains(job.Id) && job.AccountId == account),
            cancellationToken
        );
        var deleted = removed.Select(one => one.Job.Id).ToList();
        return TypedResults.Ok(
            new DeletedJobs(
                deleted,
                [.. ids.Except(deleted)],
                deleted.Count == 1 ? "1 job deleted successfully" : $"{deleted.Count} jobs deleted successfully"
            )
        );
    }
}

/// <param name="Ids">The jobs to remove with their files, 1 to 200; running ones are cancelled first.</param>
internal sealed record DeleteJobsRequest(IReadOnlyList<long>? Ids);

/// <param name="Deleted">The jobs that are gone now.</param>
/// <param name="NotFound">Ids that are no jobs of the caller's.</param>
/// <param name="Message">Text for a person.</param>
internal sealed record DeletedJobs(IReadOnlyList<long> Deleted, IReadOnlyList<long> NotFound, string Message);
