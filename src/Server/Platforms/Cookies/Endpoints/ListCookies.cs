using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary><c>GET /api/v1/video/cookies</c>.</summary>
internal static class ListCookies
{
    public static async Task<Ok<PageOf<CookiesView>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (limit, skip) = page.Read();
        var stored = db.PlatformCookies.AsNoTracking().Where(one => one.AccountId == account);
        var total = await stored.CountAsync(cancellationToken);
        var shown = await stored.OrderBy(one => one.Platform).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new PageOf<CookiesView>([.. shown.Select(one => CookiesView.Of(one, time.GetUtcNow()))], total, limit, skip)
        );
    }
}
