using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

internal static class OwnJobs
{
    /// <summary>A job of the caller's; anybody else's is as good as none.</summary>
    /// <exception cref="ApiException"><c>not_found</c>.</exception>
    public static async Task<Job> GetOwnJobAsync(
        this DecantDb db,
        Caller caller,
        long id,
        CancellationToken cancellationToken
    ) =>
        await db
            .Jobs.AsNoTracking()
            .SingleOrDefaultAsync(job => job.Id == id && job.AccountId == caller.AccountId, cancellationToken)
        ?? throw Missing(id);

    public static ApiException Missing(long id) => new(ApiError.NotFound, $"There is no job {id} of yours.");
}
