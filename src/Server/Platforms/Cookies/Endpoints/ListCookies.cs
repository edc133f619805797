using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary><c>GET /api/v1/video/cookies</c>. Not paged: there is one entry a platform.</summary>
internal static class ListCookies
{
    public static async Task<Ok<CookiesList>> HandleAsync(
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var stored = await db
            .PlatformCookies.AsNoTracking()
            .Where(one => one.AccountId == account)
            .OrderBy(one => one.Platform)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new CookiesList([.. stored.Select(one => CookiesView.Of(one, time.GetUtcNow()))], stored.Count)
        );
    }
}

/// <param name="Items">One for each platform that cookies are kept for.</param>
/// <param name="Total">How many there are.</param>
internal sealed record CookiesList(IReadOnlyList<CookiesView> Items, int Total);
