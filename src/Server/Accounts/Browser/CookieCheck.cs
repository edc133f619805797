using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Browser;

/// <summary>Finds the owner of a session cookie. A session in use is moved on once a day, so that it ends only when it is left alone.</summary>
internal sealed class CookieCheck(
    DecantDb db,
    IHttpContextAccessor contexts,
    IOptions<JwtOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan MoveOnEvery = TimeSpan.FromDays(1);

    private static readonly HashSet<string> Everything = [Scopes.Everything];

    /// <exception cref="ApiException"><c>unauthenticated</c> for a session that is over; <c>forbidden</c> for a request of another site's, or where the account is disabled.</exception>
    public async Task<Caller> FindCallerAsync(string secret, CancellationToken cancellationToken)
    {
        if (contexts.HttpContext is { Request: var request } && SessionCookie.IsCrossSite(request))
        {
            throw new ApiException(
                ApiError.Forbidden,
                "Another site's page sent this request with the session of this one. Use an API key for calls from elsewhere."
            );
        }

        var hash = KeySecret.Hash(secret);
        var now = time.GetUtcNow();
        var keys = db.ApiKeys;
        var found = await db
            .RefreshTokens.AsNoTracking()
            .Where(token => token.Hash == hash)
            .Join(db.Sessions, token => token.SessionId, session => session.Id, (_, session) => session)
            .Where(session => session.RevokedAt == null && session.ExpiresAt > now)
            .Join(
                db.Accounts,
                session => session.AccountId,
                account => account.Id,
                (session, account) =>
                    new
                    {
                        Session = session,
                        account.IsAdministrator,
                        account.Disabled,
                        KeyExpiresAt = keys.Where(key => key.Id == session.ApiKeyId)
                            .Select(key => key.ExpiresAt)
                            .FirstOrDefault(),
                    }
            )
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            throw new ApiException(ApiError.Unauthenticated, "The session is over. Sign in again.");
        }

        if (found.Disabled)
        {
            throw new ApiException(ApiError.Forbidden, "This account is disabled. Ask the operator of this server.");
        }

        var until = await MoveOnAsync(found.Session, found.KeyExpiresAt, now, cancellationToken);
        return new Caller(found.Session.AccountId, ApiKeyId: null, Purse.Credits, found.IsAdministrator)
        {
            SessionId = found.Session.Id,
            ExpiresAt = until,
            Scopes = Everything,
        };
    }

    private async Task<DateTimeOffset> MoveOnAsync(
        Session session,
        DateTimeOffset? latest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var until = now + options.Value.RefreshTokenLifetime;
        if (latest < until)
        {
            until = latest.Value;
        }

        if (until - session.ExpiresAt < MoveOnEvery)
        {
            return session.ExpiresAt;
        }

        await db
            .Sessions.Where(one => one.Id == session.Id && one.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, until), cancellationToken);
        if (
            contexts.HttpContext is { Response.HasStarted: false } context
            && SessionCookie.Read(context.Request) is { } secret
        )
        {
            SessionCookie.Write(context, secret, until);
        }

        return until;
    }
}
