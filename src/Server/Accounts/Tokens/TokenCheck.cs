using Decant.Server.Accounts.External;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Decant.Server.Accounts.Tokens;

/// <summary>Finds the owner of a token: one that this server signed, or one of the operator's issuer.</summary>
internal sealed class TokenCheck(DecantDb db, AccessTokens tokens, ExternalAccounts external, TimeProvider time)
{
    /// <summary>Prefix of every JWT: <c>{"</c> in base64.</summary>
    private const string Start = "eyJ";

    private static readonly HashSet<string> Everything = [Scopes.Everything];

    /// <summary>A credential that looks like a JWT is taken for a token, any other for a key.</summary>
    public static bool IsToken(string credential) =>
        credential.StartsWith(Start, StringComparison.Ordinal) && credential.Count(letter => letter == '.') == 2;

    /// <exception cref="ApiException"><c>unauthenticated</c>; <c>forbidden</c> where the account is disabled.</exception>
    public async Task<Caller> FindCallerAsync(string token, CancellationToken cancellationToken) =>
        IssuerOf(token) is { } issuer && issuer != AccessTokens.Issuer
            ? await FindExternalAsync(token, cancellationToken)
            : await FindOwnAsync(token, cancellationToken);

    private static string? IssuerOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (ArgumentException)
        {
            // Malformed in one of the many ways there are; the library's own exception is only some of them.
            return null;
        }
    }

    private async Task<Caller> FindOwnAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.ReadAsync(token) is not { } claims)
        {
            throw Unusable("The token is not valid here or has expired. Refresh it, or sign in again.");
        }

        var now = time.GetUtcNow();
        var found = await db
            .Accounts.Where(account => account.Id == claims.AccountId)
            .Select(account => new
            {
                account.IsAdministrator,
                account.Disabled,
                account.SecurityStamp,
                IsOpen = db.Set<Session>()
                    .Any(session =>
                        session.Id == claims.SessionId
                        && session.AccountId == account.Id
                        && session.RevokedAt == null
                        && session.ExpiresAt > now
                    ),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found switch
        {
            { Disabled: true } => throw Disabled(),
            { IsOpen: true } when found.SecurityStamp == claims.Stamp => new Caller(
                claims.AccountId,
                ApiKeyId: null,
                Purse.Credits,
                found.IsAdministrator
            )
            {
                SessionId = claims.SessionId,
                ExpiresAt = claims.ExpiresAt,
                Scopes = Everything,
            },
            _ => throw Unusable("The token is signed out, or the password was changed. Sign in again."),
        };
    }

    private async Task<Caller> FindExternalAsync(string token, CancellationToken cancellationToken)
    {
        var account =
            await external.FindAsync(token, cancellationToken)
            ?? throw Unusable(
                "The token is not one this server accepts: its issuer, audience, signature or time is wrong."
            );
        return account.Disabled
            ? throw Disabled()
            : new Caller(account.Id, ApiKeyId: null, Purse.Credits, account.IsAdministrator)
            {
                ExpiresAt = ExternalTokens.EndOf(token),
                Scopes = Everything,
            };
    }

    private static ApiException Unusable(string detail) => new(ApiError.Unauthenticated, detail);

    private static ApiException Disabled() =>
        new(ApiError.Forbidden, "This account is disabled. Ask the operator of this server.");
}
