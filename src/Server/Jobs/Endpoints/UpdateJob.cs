using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>PUT …/jobs/{id}</c>.</summary>
internal static class UpdateJob
{
    private const int LongestTitle = 500;

    public static async Task<Ok<JobView>> HandleAsync(
        long id,
        UpdateJobRequest request,
        HttpContext context,
        DecantDb db,
        JobViews views,
        JobChanges changes,
        CancellationToken cancellationToken
    )
    {
        var title = request.Title?.Trim();
        if (title is not { Length: > 0 and <= LongestTitle } || title.Contains('\0', StringComparison.Ordinal))
        {
            throw ApiException.Invalid("title", $"Give a title of 1 to {LongestTitle} characters, none of them NUL.");
        }

        var caller = context.GetCaller();
        await db.InWriteTransactionAsync(
            token =>
                db.Jobs.Where(job => job.Id == id && job.AccountId == caller.AccountId)
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.CustomTitle, title), token),
            cancellationToken
        );
        changes.Announce(id);
        var job = await db.GetOwnJobAsync(caller, id, cancellationToken);
        return TypedResults.Ok(views.Show(job, context.Request));
    }
}

/// <param name="Title">New title of the job and its file.</param>
internal sealed record UpdateJobRequest(string? Title);
