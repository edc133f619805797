using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Opening;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Profile;

/// <summary><c>POST /api/v1/auth/register</c>, where the operator allows it.</summary>
internal static class Register
{
    public static async Task<Ok<TokenAnswer>> HandleAsync(
        NewAccountRequest request,
        HttpContext context,
        DecantDb db,
        AccountOpening opening,
        Passwords passwords,
        Sessions sessions,
        IOptions<AccountOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!options.Value.AllowSignUp)
        {
            throw new ApiException(
                ApiError.Forbidden,
                "Sign-up is closed on this server. Ask its operator for an account."
            );
        }

        var email = EmailAddress.Read("email", request.Email);
        var name = FullName.Read(request.FullName);
        var password = PasswordRules.Read("password", request.Password, email);
        var hash = await passwords.HashAsync(password, cancellationToken);
        try
        {
            var answer = await db.InWriteTransactionAsync(
                async token =>
                {
                    var account = new Account
                    {
                        Email = email,
                        FullName = name,
                        PasswordHash = hash,
                        CreatedAt = time.GetUtcNow(),
                    };
                    await opening.OpenAsync(db, account, Actor.Of(context), "By sign-up", token);
                    return await sessions.TryBeginAsync(db, account, token);
                },
                cancellationToken
            );
            return TypedResults.Ok(answer!);
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            throw NewAccountRequest.Taken(email);
        }
    }
}
