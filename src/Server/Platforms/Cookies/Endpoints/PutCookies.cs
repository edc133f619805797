using System.Text.Json;
using Decant.Server.Accounts;
using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary><c>PUT /api/v1/video/cookies</c>.</summary>
internal static class PutCookies
{
    public static async Task<Ok<KeptCookies>> HandleAsync(
        CookiesRequest request,
        HttpContext context,
        DecantDb db,
        CookieSafe safe,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var platform = CookieEndpoints.ReadPlatform(request.Platform);
        var now = time.GetUtcNow();
        var given = GivenCookies.Read(request.Cookies, platform, now);
        var kept = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"cookies:{account}", token);
                await db
                    .PlatformCookies.Where(one => one.AccountId == account && one.Platform == platform.Name)
                    .ExecuteDeleteAsync(token);
                var made = new StoredCookies
                {
                    AccountId = account,
                    Platform = platform.Name,
                    Cookies = safe.Protect(given.Cookies),
                    Count = given.Cookies.Count,
                    SignsIn = given.MaySignIn(platform),
                    ExpiresAt = given.ExpiresAt,
                    CreatedAt = now,
                };
                db.PlatformCookies.Add(made);
                audit.Add(db, AuditAction.CookiesKept, Actor.Of(context), account, platform.Name);
                await db.SaveChangesAsync(token);
                return made;
            },
            cancellationToken
        );
        return TypedResults.Ok(new KeptCookies(CookiesView.Of(kept, now), given.Ignored));
    }
}

/// <param name="Platform">Platform of the cookies: <c>youtube</c>, <c>tiktok</c>, <c>instagram</c>, <c>vimeo</c>, <c>twitter</c>, <c>facebook</c>, <c>twitch</c>, <c>dailymotion</c> or <c>soundcloud</c>.</param>
/// <param name="Cookies">A text in Netscape's format, or the array of objects that browsers' extensions export. Those of other sites and expired ones are left out; 1 to 300.</param>
internal sealed record CookiesRequest(string? Platform, JsonElement Cookies);

/// <param name="Cookies">Cookies that are kept now, in place of any before.</param>
/// <param name="Ignored">Number of cookies that were other sites', or expired.</param>
internal sealed record KeptCookies(CookiesView Cookies, int Ignored);
