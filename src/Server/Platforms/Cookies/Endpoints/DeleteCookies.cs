using Decant.Server.Accounts;
using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary><c>DELETE /api/v1/video/cookies?platform=</c>.</summary>
internal static class DeleteCookies
{
    /// <param name="platform">Platform of the cookies to forget, such as <c>instagram</c>.</param>
    public static async Task<Ok<DeletedCookies>> HandleAsync(
        string? platform,
        HttpContext context,
        DecantDb db,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var name = CookieEndpoints.ReadPlatform(platform).Name;
        var deleted = await db.InWriteTransactionAsync(
            async token =>
            {
                var gone = await db
                    .PlatformCookies.Where(one => one.AccountId == account && one.Platform == name)
                    .ExecuteDeleteAsync(token);
                if (gone > 0)
                {
                    audit.Add(db, AuditAction.CookiesForgotten, Actor.Of(context), account, name);
                    await db.SaveChangesAsync(token);
                }

                return gone;
            },
            cancellationToken
        );
        return deleted == 0
            ? throw new ApiException(ApiError.NotFound, $"There are no cookies of yours for {name}.")
            : TypedResults.Ok(new DeletedCookies("Cookies deleted successfully"));
    }
}

/// <param name="Message">Text for a person.</param>
internal sealed record DeletedCookies(string Message);
