using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <summary>Asks for the current password before what a stolen credential alone must not do.</summary>
internal sealed class PasswordProof(SignInGuard guard, Passwords passwords)
{
    /// <summary>An account without a password has its credential to prove itself with: one that may do everything.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c> for <c>current_password</c>, <c>forbidden</c>, or <c>rate_limited</c> after too many guesses.</exception>
    public async Task RequireAsync(
        Account account,
        Caller caller,
        string? password,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (account.PasswordHash is null)
        {
            if (!caller.Scopes.Contains(Scopes.Everything))
            {
                throw new ApiException(
                    ApiError.Forbidden,
                    $"The account has no password yet. Its first one is set with a token, or a key that has the scope '{Scopes.Everything}'."
                );
            }

            return;
        }

        if (string.IsNullOrEmpty(password))
        {
            throw ApiException.Invalid("current_password", "Send the current password.");
        }

        await guard.CountAsync(SignInName.Of(account), account.Email, actor, cancellationToken);
        if (!await passwords.IsRightAsync(account.PasswordHash, password, cancellationToken))
        {
            throw ApiException.Invalid("current_password", "This is not the current password.");
        }
    }
}
