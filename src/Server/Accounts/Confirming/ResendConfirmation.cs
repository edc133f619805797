using Decant.Server.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Confirming;

/// <summary><c>POST /api/v1/auth/resend-confirmation</c>. The answer is the same whether there is something to confirm or not.</summary>
internal static class ResendConfirmation
{
    public static async Task<Ok<ConfirmationAnswer>> HandleAsync(
        ResendConfirmationRequest request,
        DecantDb db,
        Confirmations confirmations,
        CancellationToken cancellationToken
    )
    {
        var email = EmailAddress.Read("email", request.Email);
        if (!confirmations.AreWanted)
        {
            return TypedResults.Ok(
                new ConfirmationAnswer("This server sends no mail, and asks nobody to confirm an address.")
            );
        }

        await db.InWriteTransactionAsync(token => confirmations.AskAsync(db, email, token), cancellationToken);
        confirmations.Wake();
        return TypedResults.Ok(
            new ConfirmationAnswer(
                $"If {email} waits to be confirmed, a mail is on its way. An address gets a few a day at most."
            )
        );
    }
}

/// <param name="Email">E-mail address of the sign-up, or the new one of an account.</param>
internal sealed record ResendConfirmationRequest(string? Email);

/// <param name="Message">Text for a person: the next step.</param>
internal sealed record ConfirmationAnswer(string Message);
