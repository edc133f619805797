using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Server.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies;

/// <summary>Accounts' own cookies: encrypted where they are kept, in clear only on their way to the platform.</summary>
internal sealed class AccountCookies(
    IDbContextFactory<DecantDb> databases,
    IDataProtectionProvider protection,
    TimeProvider time
)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Decant.Platforms.Cookies");

    /// <summary>As they are stored.</summary>
    public string Protect(IReadOnlyList<PlatformCookie> cookies) =>
        _protector.Protect(JsonSerializer.Serialize(cookies));

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
        var cookies = Read(stored.Cookies, platform).Where(cookie => !(cookie.ExpiresAt <= now)).ToList();
        return cookies.Count == 0
            ? url
            : new SourcePage(url)
            {
                // Other cookies are stored under another number: what was found with the old ones is not found again.
                Identity = new SourceIdentity(
                    string.Create(CultureInfo.InvariantCulture, $"account {account}, cookies {stored.Id}"),
                    [.. cookies.Select(cookie => cookie.Cookie)]
                ),
            };
    }

    private IReadOnlyList<PlatformCookie> Read(string stored, Platform platform)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<PlatformCookie>>(_protector.Unprotect(stored))!;
        }
        catch (CryptographicException exception)
        {
            throw new MediaException(
                MediaError.LoginRequired,
                $"Your cookies for {platform.Name} cannot be read any more, because this server's keys are others now. Send them again, or remove them.",
                exception
            );
        }
    }
}
