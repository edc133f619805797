using System.Globalization;
using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies;

/// <summary>Accounts' own cookies, on their way to the platform.</summary>
internal sealed class AccountCookies(
    IDbContextFactory<DecantDb> databases,
    CookieSafe safe,
    CookieRenewals renewals,
    TimeProvider time
)
{
    /// <returns>The page, to be asked for with the account's cookies where it gave any.</returns>
    /// <exception cref="MediaException"><c>login_required</c> where they cannot be read any more.</exception>
    public async Task<SourcePage> PageAsync(long? account, Uri url, CancellationToken cancellationToken)
    {
        var platform = Platform.Of(url);
        if (account is null || !GivenCookies.Platforms.Contains(platform))
        {
            return url;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stored = await db
            .PlatformCookies.Where(one => one.AccountId == account && one.Platform == platform.Name)
            .Select(one => new { one.Id, one.Cookies })
            .SingleOrDefaultAsync(cancellationToken);
        if (stored is null)
        {
            return url;
        }

        var now = time.GetUtcNow();
        var cookies = safe.Read(stored.Cookies, platform).Where(cookie => !(cookie.ExpiresAt <= now)).ToList();
        return cookies.Count == 0
            ? url
            : new SourcePage(url)
            {
                // Other cookies are stored under another number: what was found with the old ones is not found again.
                Identity = new SourceIdentity(
                    string.Create(CultureInfo.InvariantCulture, $"account {account}, cookies {stored.Id}"),
                    [.. cookies.Select(cookie => cookie.Cookie)]
                )
                {
                    KeepRenewed = (renewed, token) => renewals.KeepAsync(stored.Id, platform, cookies, renewed, token),
                },
            };
    }
}
