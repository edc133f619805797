using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Confirming;
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
    public static async Task<Ok<Registered>> HandleAsync(
        NewAccountRequest request,
        HttpContext context,
        DecantDb db,
        AccountOpening opening,
        Passwords passwords,
        Sessions sessions,
        Confirmations confirmations,
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
        if (confirmations.AreWanted)
        {
            // The same work, whether somebody has the address or not: only its owner's mail says which.
            await db.InWriteTransactionAsync(
                token => confirmations.AskAsync(db, email, name, hash, token),
                cancellationToken
            );
            confirmations.Wake();
            return TypedResults.Ok(Registered.Awaiting(email));
        }

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
            return TypedResults.Ok(Registered.Of(answer!));
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            throw NewAccountRequest.Taken(email);
        }
    }
}

/// <summary>Answer to a sign-up: a session at once or, where the server sends mail, what to do first.</summary>
/// <param name="User">The account; null until the address is confirmed.</param>
/// <param name="AccessToken">A JWT, for <c>Authorization: Bearer</c>; null where there is no session yet.</param>
/// <param name="RefreshToken">Refresh token, good for one new pair, once; null where there is no session yet.</param>
/// <param name="TokenType"><c>bearer</c>; null without an access token.</param>
/// <param name="ExpiresIn">Seconds that the access token is good for; null where there is no session yet.</param>
/// <param name="ConfirmationRequired">A mail is on its way to the address, with a link that confirms it: there is no account before. The same for an address that has one already, whose owner the mail tells so.</param>
/// <param name="Message">Text for a person: the next step.</param>
internal sealed record Registered(
    AccountView? User,
    string? AccessToken,
    string? RefreshToken,
    string? TokenType,
    int? ExpiresIn,
    bool ConfirmationRequired,
    string Message
)
{
    public static Registered Of(TokenAnswer tokens) =>
        new(
            tokens.User,
            tokens.AccessToken,
            tokens.RefreshToken,
            tokens.TokenType,
            tokens.ExpiresIn,
            ConfirmationRequired: false,
            "The account is ready."
        );

    public static Registered Awaiting(string email) =>
        new(
            User: null,
            AccessToken: null,
            RefreshToken: null,
            TokenType: null,
            ExpiresIn: null,
            ConfirmationRequired: true,
            $"A mail is on its way to {email}. Open the link in it within 24 hours and type your password; the account is yours then."
        );
}
