using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>DELETE …/jobs/{id}</c>.</summary>
internal static class DeleteJob
{
    public static async Task<Ok<DeletedJob>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        JobEndings endings,
        JobQueue queue,
        JobChanges changes,
        LocalStorage storage,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var job = await db.InWriteTransactionAsync(
            async token =>
            {
                var found = await db.GetOwnJobAsync(caller, id, token);
                await endings.CancelAsync(db, found, token);
                // Its ledger entries and its event stay.
                await db.Jobs.Where(one => one.Id == id).ExecuteDeleteAsync(token);
                return found;
            },
            cancellationToken
        );
        changes.Announce(id);
        if (job.RunId is { } run)
        {
            await queue.StopAsync(run, CancellationToken.None);
        }

        storage.DeleteAllOf(id);
        return TypedResults.Ok(new DeletedJob("Job deleted successfully"));
    }
}

internal sealed record DeletedJob(string Message);
