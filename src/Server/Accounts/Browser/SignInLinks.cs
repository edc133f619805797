using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Browser;

/// <summary>
/// Links, good once, that sign an account in without a password, for fifteen minutes. A link is a session that has not been
/// begun: its only token is the link's secret, and ending an account's sessions ends its links too.
/// </summary>
internal sealed class SignInLinks(
    IDbContextFactory<DecantDb> databases,
    Sessions sessions,
    AuditTrail audit,
    TimeProvider time
)
{
    private const string Mark = "sl_";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <returns>Secret of a new link for the first administrator; null where there is none.</returns>
    public async Task<string?> CreateForAdministratorAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
            token => CreateForAdministratorAsync(db, time, token),
            cancellationToken
        );
    }

    /// <inheritdoc cref="CreateForAdministratorAsync(CancellationToken)"/>
    public static async Task<string?> CreateForAdministratorAsync(
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var administrator = await db
            .Accounts.Where(account => account.IsAdministrator && !account.Disabled)
            .OrderBy(account => account.Id)
            .Select(account => (long?)account.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (administrator is not { } owner)
        {
            return null;
        }

        var secret = KeySecret.Create(Mark);
        var now = time.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            AccountId = owner,
            Kind = SessionKind.Link,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
        db.Sessions.Add(session);
        db.RefreshTokens.Add(new RefreshToken { Hash = KeySecret.Hash(secret), SessionId = session.Id });
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Uses a link up, and begins a session for its account.</summary>
    /// <exception cref="ApiException"><c>unauthenticated</c> for a link that is unknown, used or expired.</exception>
    public async Task<BrowserSession> UseAsync(string secret, Actor actor, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(secret);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (
                secret.StartsWith(Mark, StringComparison.Ordinal)
                    ? await db.InWriteTransactionAsync(token => UseAsync(db, hash, actor, token), cancellationToken)
                    : null
            )
            ?? throw new ApiException(
                ApiError.Unauthenticated,
                "The link is used or expired: it works once, for fifteen minutes. `decant link` prints another."
            );
    }

    private async Task<BrowserSession?> UseAsync(
        DecantDb db,
        string hash,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var isFirst = await db
            .RefreshTokens.Where(token => token.Hash == hash && token.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.UsedAt, now), cancellationToken);
        if (isFirst == 0)
        {
            return null;
        }

        var account = await db
            .RefreshTokens.Where(token => token.Hash == hash)
            .Join(db.Sessions, token => token.SessionId, session => session.Id, (_, session) => session)
            .Where(session => session.RevokedAt == null && session.ExpiresAt > now)
            .Join(db.Accounts, session => session.AccountId, one => one.Id, (_, one) => one)
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (account is null || await sessions.TryBeginBrowserAsync(db, account, cancellationToken) is not { } begun)
        {
            return null;
        }

        audit.Add(db, AuditAction.SignedIn, actor with { AccountId = account.Id }, account.Id);
        await db.SaveChangesAsync(cancellationToken);
        return begun;
    }
}
