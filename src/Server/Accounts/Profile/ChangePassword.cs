using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Profile;

/// <summary><c>POST /api/v1/auth/change-password</c>. Every session ends with the old password, and the answer begins a new one: of tokens or, for the page, in its cookie.</summary>
internal static class ChangePassword
{
    public static async Task<Ok<ChangedPassword>> HandleAsync(
        ChangePasswordRequest request,
        HttpContext context,
        DecantDb db,
        PasswordProof proof,
        Passwords passwords,
        Sessions sessions,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var actor = Actor.Of(context);
        var account = await db
            .Accounts.AsNoTracking()
            .SingleAsync(one => one.Id == caller.AccountId, cancellationToken);
        var password = PasswordRules.Read("new_password", request.NewPassword, account.Email);
        await proof.RequireAsync(account, caller, request.CurrentPassword, actor, cancellationToken);
        var hash = await passwords.HashAsync(password, cancellationToken);
        // A browser goes on in a session of its own kind, and has no use for tokens.
        var isBrowser = Credential.Of(context) is { Kind: CredentialKind.Cookie };
        BrowserSession? browser = null;
        var answer = await db.InWriteTransactionAsync(
            async token =>
            {
                // The password that was proven must still be the current one.
                var changed = await db
                    .Accounts.Where(one => one.Id == account.Id && one.SecurityStamp == account.SecurityStamp)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.PasswordHash, hash)
                                .SetProperty(one => one.UpdatedAt, time.GetUtcNow()),
                        token
                    );
                if (changed == 0)
                {
                    return null;
                }

                await sessions.EndAllAsync(db, account.Id, token);
                await SignInGuard.ForgetAsync(db, account.Email, token);
                audit.Add(db, AuditAction.PasswordChanged, actor, account.Id);
                var fresh = await db.Accounts.AsNoTracking().SingleAsync(one => one.Id == account.Id, token);
                browser = isBrowser ? await sessions.TryBeginBrowserAsync(db, fresh, token) : null;
                return isBrowser
                    ? ChangedPassword.Of(browser)
                    : ChangedPassword.Of(await sessions.TryBeginAsync(db, fresh, token));
            },
            cancellationToken
        );
        if (answer is not null && browser is not null)
        {
            SessionCookie.Write(context, browser.Secret, browser.ExpiresAt);
        }

        return TypedResults.Ok(
            answer
                ?? throw ApiException.Invalid(
                    "current_password",
                    "The password was changed at the same moment by somebody else. Sign in again."
                )
        );
    }
}

/// <param name="CurrentPassword">Present password; not wanted where the account has none yet.</param>
/// <param name="NewPassword">10 to 256 characters, without the e-mail address and none of the commonest.</param>
internal sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>Session that follows on a change of the password.</summary>
/// <param name="User">Account of the caller.</param>
/// <param name="AccessToken">A JWT, for <c>Authorization: Bearer</c>; null for a caller with a session cookie, which is set anew.</param>
/// <param name="RefreshToken">Refresh token, good for one new pair, once; null where the session is a cookie's.</param>
/// <param name="TokenType"><c>bearer</c>; null without an access token.</param>
/// <param name="ExpiresIn">Seconds that the access token is good for; null where the session is a cookie's.</param>
internal sealed record ChangedPassword(
    AccountView User,
    string? AccessToken,
    string? RefreshToken,
    string? TokenType,
    int? ExpiresIn
)
{
    public static ChangedPassword? Of(BrowserSession? session) =>
        session is null ? null : new ChangedPassword(session.User, null, null, null, null);

    public static ChangedPassword? Of(TokenAnswer? tokens) =>
        tokens is null
            ? null
            : new ChangedPassword(
                tokens.User,
                tokens.AccessToken,
                tokens.RefreshToken,
                tokens.TokenType,
                tokens.ExpiresIn
            );
}
