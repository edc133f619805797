using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Keys;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Browser;

/// <summary><c>POST /api/v1/auth/session</c>: a session in a cookie, by password, by API key or by a one-time link.</summary>
internal static class BeginSession
{
    public static async Task<Ok<AccountView>> HandleAsync(
        SessionRequest request,
        HttpContext context,
        DecantDb db,
        Sessions sessions,
        PasswordSignIn passwords,
        KeyCheck keys,
        SignInLinks links,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        if (SessionCookie.IsCrossSite(context.Request))
        {
            throw new ApiException(ApiError.Forbidden, "Another site's page cannot begin a session here.");
        }

        var begun = request switch
        {
            { Link: { Length: > 0 } link } => await links.UseAsync(link, Actor.Of(context), cancellationToken),
            { ApiKey: { Length: > 0 } key } => await ByKeyAsync(key),
            { Username: { Length: > 0 } name, Password: { Length: > 0 } password } => await passwords.SignInAsync(
                name,
                password,
                context,
                sessions.TryBeginBrowserAsync,
                cancellationToken
            ),
            _ => throw ApiException.Invalid("body", "Send username and password, or api_key, or link."),
        };
        SessionCookie.Write(context, begun.Secret, begun.ExpiresAt);
        return TypedResults.Ok(begun.User);

        async Task<BrowserSession> ByKeyAsync(string key)
        {
            var caller = await keys.FindCallerAsync(key, cancellationToken);
            if (!caller.Has(Scopes.Everything))
            {
                throw new ApiException(
                    ApiError.Forbidden,
                    $"A session may do everything, and this key may not. Sign in with a key that has the scope '{Scopes.Everything}', or with the password."
                );
            }

            var actor = Actor.Of(context) with { AccountId = caller.AccountId, ApiKeyId = caller.ApiKeyId };
            return await db.InWriteTransactionAsync(
                    async token =>
                    {
                        var account = await db
                            .Accounts.AsNoTracking()
                            .SingleAsync(one => one.Id == caller.AccountId, token);
                        // The row stays locked until the commit: whoever revokes the key after this ends this session too.
                        var good = await db
                            .ApiKeys.Where(one => one.Id == caller.ApiKeyId && one.RevokedAt == null)
                            .ExecuteUpdateAsync(set => set.SetProperty(one => one.RevokedAt, one => null), token);
                        var session =
                            good == 1 ? await sessions.TryBeginBrowserAsync(db, account, caller, token) : null;
                        audit.Add(db, AuditAction.SignedIn, actor, account.Id);
                        await db.SaveChangesAsync(token);
                        return session;
                    },
                    cancellationToken
                )
                ?? throw new ApiException(
                    ApiError.Unauthenticated,
                    "The account was changed meanwhile. Sign in again."
                );
        }
    }
}

/// <summary>A way to sign in: <c>username</c> and <c>password</c>, or <c>api_key</c>, or <c>link</c>.</summary>
/// <param name="Username">E-mail address of the account.</param>
/// <param name="Password">Password of the account.</param>
/// <param name="ApiKey">An API key with the scope <c>*</c>.</param>
/// <param name="Link">Secret of a one-time link, as <c>decant link</c> prints it.</param>
internal sealed record SessionRequest(string? Username, string? Password, string? ApiKey, string? Link);
