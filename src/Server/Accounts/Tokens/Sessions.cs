using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Tokens;

/// <summary>
/// Begins sessions, carries them on, ends them. Each session is a family of refresh tokens, every one good once: when a
/// used one comes again, its owner or a thief has a copy too many, and the whole family ends (RFC 9700, 4.14.2).
/// </summary>
internal sealed class Sessions(
    IDbContextFactory<DecantDb> databases,
    AccessTokens tokens,
    AuditTrail audit,
    IHttpContextAccessor contexts,
    IOptions<JwtOptions> options,
    TimeProvider time
)
{
    private const string Mark = "rt_";

    /// <summary>Begins a session for an account as it was just read, inside the caller's write transaction.</summary>
    /// <returns>Null where the account has changed its password or was disabled meanwhile.</returns>
    public async Task<TokenAnswer?> TryBeginAsync(DecantDb db, Account account, CancellationToken cancellationToken) =>
        await TryOpenAsync(db, account, SessionKind.Token, cancellationToken) is { } session
            ? await AnswerAsync(db, account, session.Id, cancellationToken)
            : null;

    /// <summary>Begins a session whose secret goes into a cookie, likewise.</summary>
    /// <inheritdoc cref="TryBeginAsync"/>
    public Task<BrowserSession?> TryBeginBrowserAsync(
        DecantDb db,
        Account account,
        CancellationToken cancellationToken
    ) => TryBeginBrowserAsync(db, account, key: null, cancellationToken);

    /// <param name="db">Database in a write transaction.</param>
    /// <param name="account">Account as it was just read.</param>
    /// <param name="key">Caller by the key that the session is to end with; null where it is begun in another way.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <inheritdoc cref="TryBeginAsync"/>
    public async Task<BrowserSession?> TryBeginBrowserAsync(
        DecantDb db,
        Account account,
        Caller? key,
        CancellationToken cancellationToken
    )
    {
        if (await TryOpenAsync(db, account, SessionKind.Browser, cancellationToken) is not { } session)
        {
            return null;
        }

        session.ApiKeyId = key?.ApiKeyId;
        if (key?.ExpiresAt < session.ExpiresAt)
        {
            session.ExpiresAt = key.ExpiresAt.Value;
        }

        var secret = KeySecret.Create(SessionCookie.Mark);
        db.RefreshTokens.Add(new RefreshToken { Hash = KeySecret.Hash(secret), SessionId = session.Id });
        await db.SaveChangesAsync(cancellationToken);
        return new BrowserSession(AccountView.Of(account), secret, session.ExpiresAt);
    }

    /// <summary>Trades a refresh token for a new pair.</summary>
    /// <exception cref="ApiException"><c>unauthenticated</c>, and where the token was used before, its whole session has ended.</exception>
    public async Task<TokenAnswer> RefreshAsync(string token, Actor actor, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(token);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
                async within =>
                {
                    // The secrets of cookies and links are rows of the same table, and are not for trading.
                    var known = token.StartsWith(Mark, StringComparison.Ordinal)
                        ? await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(one => one.Hash == hash, within)
                        : null;
                    return known is null ? null
                        : await UseAsync(db, known, within) ? await GoOnAsync(db, known, within)
                        : await EndForReuseAsync(db, known, actor, within);
                },
                cancellationToken
            )
            ?? throw new ApiException(
                ApiError.Unauthenticated,
                "The refresh token is unknown, used, expired or signed out. Sign in again."
            );
    }

    /// <summary>Ends the session of a refresh token, used or not. One that is not known has ended already.</summary>
    public async Task SignOutAsync(string refreshToken, Actor actor, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(refreshToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var session = await db
            .RefreshTokens.Where(one => one.Hash == hash)
            .Select(one => (Guid?)one.SessionId)
            .SingleOrDefaultAsync(cancellationToken);
        if (session is { } id)
        {
            await SignOutAsync(id, actor, cancellationToken);
        }
    }

    /// <summary>Ends one session, with its access tokens.</summary>
    public async Task SignOutAsync(Guid sessionId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(
            token => EndAsync(db, sessionId, AuditAction.SignedOut, actor, token),
            cancellationToken
        );
    }

    /// <summary>Ends one session of an account.</summary>
    /// <returns>False where the account has no such session, or it has ended.</returns>
    public async Task<bool> EndAsync(long accountId, Guid sessionId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
            async token =>
                await db.OpenSessionsOf(accountId, time.GetUtcNow()).AnyAsync(one => one.Id == sessionId, token)
                && await EndAsync(db, sessionId, AuditAction.SignedOut, actor, token),
            cancellationToken
        );
    }

    /// <summary>Ends every session of an account and all its tokens, inside the caller's write transaction.</summary>
    public async Task EndAllAsync(DecantDb db, long accountId, CancellationToken cancellationToken)
    {
        var stamp = Account.NewStamp();
        // The account first: a sign-in under way holds its row, and its session must be seen here.
        await db
            .Accounts.Where(account => account.Id == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.SecurityStamp, stamp), cancellationToken);
        var now = time.GetUtcNow();
        await db
            .Sessions.Where(session => session.AccountId == accountId && session.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), cancellationToken);
        await CredentialChanges.TellAsync(db, accountId, cancellationToken);
    }

    /// <summary>Ends every session of an account but one, inside the caller's write transaction.</summary>
    /// <param name="kept">The caller's own; null for a caller who has none.</param>
    public async Task EndOthersAsync(DecantDb db, long accountId, Guid? kept, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db
            .Sessions.Where(session =>
                session.AccountId == accountId && session.RevokedAt == null && session.Id != kept
            )
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), cancellationToken);
    }

    /// <summary>Removes what expired. A revoked session stays until it would have: its tokens are known as used until then.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(
            token => db.Sessions.Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync(token),
            cancellationToken
        );
    }

    private async Task<Session?> TryOpenAsync(
        DecantDb db,
        Account account,
        SessionKind kind,
        CancellationToken cancellationToken
    )
    {
        // The row stays locked until the commit: whoever changes the password after this ends this session too.
        var unchanged = await db
            .Accounts.Where(one => one.Id == account.Id && !one.Disabled && one.SecurityStamp == account.SecurityStamp)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.SecurityStamp, account.SecurityStamp),
                cancellationToken
            );
        if (unchanged == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Kind = kind,
            CreatedAt = now,
            Address = contexts.HttpContext is { } context ? Actor.Of(context).Address : null,
            UserAgent = UserAgentOf(contexts.HttpContext),
            ExpiresAt = now + options.Value.RefreshTokenLifetime,
        };
        db.Sessions.Add(session);
        return session;
    }

    private static string? UserAgentOf(HttpContext? context) =>
        context?.Request.Headers.UserAgent is [{ Length: > 0 } agent]
            ? agent[..Math.Min(agent.Length, Session.LongestUserAgent)]
            : null;

    private async Task<bool> UseAsync(DecantDb db, RefreshToken known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db
                .RefreshTokens.Where(one => one.Hash == known.Hash && one.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancellationToken) == 1;
    }

    private async Task<TokenAnswer?> GoOnAsync(DecantDb db, RefreshToken used, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + options.Value.RefreshTokenLifetime;
        var alive = await db
            .Sessions.Where(session =>
                session.Id == used.SessionId && session.RevokedAt == null && session.ExpiresAt > now
            )
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.ExpiresAt, until), cancellationToken);
        if (alive == 0)
        {
            return null;
        }

        var account = await db
            .Sessions.Where(session => session.Id == used.SessionId)
            .Join(db.Accounts, session => session.AccountId, account => account.Id, (_, account) => account)
            .AsNoTracking()
            .SingleAsync(cancellationToken);
        return account.Disabled ? null : await AnswerAsync(db, account, used.SessionId, cancellationToken);
    }

    private async Task<TokenAnswer?> EndForReuseAsync(
        DecantDb db,
        RefreshToken reused,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await EndAsync(db, reused.SessionId, AuditAction.RefreshTokenReused, actor, cancellationToken);
        return null;
    }

    private async Task<bool> EndAsync(
        DecantDb db,
        Guid sessionId,
        AuditAction why,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var open = db.Sessions.Where(session => session.Id == sessionId && session.RevokedAt == null);
        var owner = await open.Select(session => session.AccountId).SingleOrDefaultAsync(cancellationToken);
        if (await open.ExecuteUpdateAsync(set => set.SetProperty(one => one.RevokedAt, now), cancellationToken) == 1)
        {
            audit.Add(db, why, actor, owner);
            await db.SaveChangesAsync(cancellationToken);
            await CredentialChanges.TellAsync(db, owner, cancellationToken);
            return true;
        }

        return false;
    }

    private async Task<TokenAnswer> AnswerAsync(
        DecantDb db,
        Account account,
        Guid sessionId,
        CancellationToken cancellationToken
    )
    {
        var refresh = KeySecret.Create(Mark);
        db.RefreshTokens.Add(new RefreshToken { Hash = KeySecret.Hash(refresh), SessionId = sessionId });
        await db.SaveChangesAsync(cancellationToken);
        return new TokenAnswer(
            AccountView.Of(account),
            tokens.Sign(account.Id, account.SecurityStamp, sessionId),
            refresh,
            "bearer",
            (int)tokens.Lifetime.TotalSeconds
        );
    }
}
