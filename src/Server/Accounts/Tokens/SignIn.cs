using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>POST /api/v1/auth/token</c>.</summary>
internal static class SignIn
{
    public static async Task<Ok<TokenAnswer>> HandleAsync(
        SignInForm form,
        HttpContext context,
        PasswordSignIn passwords,
        Sessions sessions,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await passwords.SignInAsync(
                form.Username,
                form.Password,
                context,
                sessions.TryBeginAsync,
                cancellationToken
            )
        );
}
