using Decant.Server.Accounts;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Batches;

/// <summary><c>DELETE …/batches/{id}</c>.</summary>
internal static class DeleteBatch
{
    public static async Task<Ok<DeletedBatch>> HandleAsync(
        Guid id,
        HttpContext context,
        JobStopping stopping,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var removed = await stopping.RemoveAsync(jobs => jobs.OfBatch(id, caller), cancellationToken);
        return removed.Count > 0
            ? TypedResults.Ok(new DeletedBatch(removed.Count, "Batch deleted successfully"))
            : throw OwnBatches.Missing(id);
    }
}

/// <param name="Jobs">Number of jobs removed with it.</param>
/// <param name="Message">Text for a person.</param>
internal sealed record DeletedBatch(int Jobs, string Message);
