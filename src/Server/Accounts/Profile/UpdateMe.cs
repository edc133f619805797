using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Confirming;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Profile;

/// <summary><c>PATCH /api/v1/auth/me</c>.</summary>
internal static class UpdateMe
{
    public static async Task<Ok<AccountView>> HandleAsync(
        UpdateMeRequest request,
        HttpContext context,
        DecantDb db,
        PasswordProof proof,
        Sessions sessions,
        Confirmations confirmations,
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
        var name = request.FullName is null ? account.FullName : FullName.Read(request.FullName);
        var email = request.Email is null ? account.Email : EmailAddress.Read("email", request.Email);
        var isMoving = EmailAddress.Normalize(email) != account.NormalizedEmail;
        if (isMoving)
        {
            await proof.RequireAsync(account, caller, request.CurrentPassword, actor, cancellationToken);
        }

        try
        {
            var changed = await db.InWriteTransactionAsync(
                async token =>
                {
                    // Only what differs is written: a balance may move meanwhile.
                    var own = await db.Accounts.SingleAsync(one => one.Id == account.Id, token);
                    own.FullName = name;
                    own.Email = email;
                    own.UpdatedAt = time.GetUtcNow();
                    if (isMoving)
                    {
                        await SignInGuard.ForgetAsync(db, account.Email, token);
                        await sessions.EndOthersAsync(db, account.Id, caller.SessionId, token);
                        own.AwaitsConfirmation = confirmations.AreWanted;
                    }

                    audit.Add(db, AuditAction.AccountChanged, actor, account.Id, DetailOf(account.Email, email));
                    await db.SaveChangesAsync(token);
                    if (isMoving && confirmations.AreWanted)
                    {
                        await confirmations.AskAsync(db, email, token);
                    }

                    return own;
                },
                cancellationToken
            );
            confirmations.Wake();
            return TypedResults.Ok(AccountView.Of(changed));
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            throw NewAccountRequest.Taken(email);
        }
    }

    private static string? DetailOf(string before, string after) =>
        before == after ? null : $"From {before} to {after}";
}

/// <summary>Changes to the caller's profile; a field that is left out stays unchanged.</summary>
/// <param name="FullName">The owner's name; up to 200 characters, empty for nothing.</param>
/// <param name="Email">New e-mail address to sign in with. A change ends every session but the caller's; where the server sends mail, the address is to be confirmed.</param>
/// <param name="CurrentPassword">Present password; wanted for another e-mail address, where the account has a password.</param>
internal sealed record UpdateMeRequest(string? FullName, string? Email, string? CurrentPassword);
