using Decant.Engine.Sources;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies;

/// <summary>Keeps those of an account's cookies that the platform set anew when it was asked with them. <c>docs/adr/0021</c>.</summary>
internal sealed partial class CookieRenewals(
    IDbContextFactory<DecantDb> databases,
    CookieSafe safe,
    TimeProvider time,
    ILogger<CookieRenewals> logger
)
{
    /// <param name="storedId">The number under which they were found; what the owner has sent since has another, and is not touched.</param>
    /// <param name="platform">Platform of the cookies.</param>
    /// <param name="sent">Cookies that the platform was sent.</param>
    /// <param name="renewed">Cookies that the platform answered.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <remarks>What cannot be written costs nobody the look-up: the cookies that were given stay as they are.</remarks>
    public async Task KeepAsync(
        long storedId,
        Platform platform,
        IReadOnlyList<PlatformCookie> sent,
        IReadOnlyList<RenewedCookie> renewed,
        CancellationToken cancellationToken
    )
    {
        var fresh = renewed
            .Select(one => new PlatformCookie(one.Cookie, CookieTime.At(one.Expires ?? 0)))
            .Where(one => one.IsSound && one.IsOf(platform) && !(one.ExpiresAt <= time.GetUtcNow()))
            .Where(one => !sent.Contains(one))
            .ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.InWriteTransactionAsync(
                token => ReplaceAsync(db, storedId, platform, sent, fresh, token),
                cancellationToken
            );
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            LogNotKept(exception, platform.Name);
        }
    }

    private async Task ReplaceAsync(
        DecantDb db,
        long storedId,
        Platform platform,
        IReadOnlyList<PlatformCookie> sent,
        IReadOnlyList<PlatformCookie> fresh,
        CancellationToken cancellationToken
    )
    {
        await db.PassAloneAsync($"cookies:{storedId}", cancellationToken);
        var stored = await db
            .PlatformCookies.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == storedId, cancellationToken);
        if (stored is null)
        {
            // Taken back, or replaced.
            return;
        }

        // One that another look-up has had renewed meanwhile is newer than what came of the one that was sent here.
        var kept = safe.Read(stored.Cookies, platform)
            .Select(one => sent.Contains(one) ? fresh.FirstOrDefault(one.IsSameAs) ?? one : one)
            .ToList();
        var (secret, expires, now) = (safe.Protect(kept), GivenCookies.Of(kept, platform).ExpiresAt, time.GetUtcNow());
        await db
            .PlatformCookies.Where(one => one.Id == storedId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.Cookies, secret)
                        .SetProperty(one => one.ExpiresAt, expires)
                        .SetProperty(one => one.RenewedAt, now),
                cancellationToken
            );
    }

    [LoggerMessage(LogLevel.Warning, "Cookies that {Platform} renewed could not be kept; those that were given stay")]
    private partial void LogNotKept(Exception exception, string platform);
}
