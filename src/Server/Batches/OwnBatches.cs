using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Batches;

internal static class OwnBatches
{
    /// <summary>Jobs of a batch of the caller's; another account's batch counts as none.</summary>
    public static IQueryable<Job> OfBatch(this IQueryable<Job> jobs, Guid id, Caller caller) =>
        jobs.Where(job => job.BatchId == id && job.AccountId == caller.AccountId);

    /// <summary>The jobs of a batch in the order in which they were asked for.</summary>
    /// <exception cref="ApiException"><c>not_found</c>.</exception>
    public static async Task<IReadOnlyList<Job>> GetOwnBatchAsync(
        this DecantDb db,
        Caller caller,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var jobs = await db
            .Jobs.AsNoTracking()
            .OfBatch(id, caller)
            .OrderBy(job => job.Id)
            .ToListAsync(cancellationToken);
        return jobs.Count > 0 ? jobs : throw Missing(id);
    }

    public static ApiException Missing(Guid id) => new(ApiError.NotFound, $"There is no batch {id} of yours.");
}
