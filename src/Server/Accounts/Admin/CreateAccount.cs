using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Opening;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>POST /api/v1/admin/users</c>: how people come in where sign-up is closed.</summary>
internal static class CreateAccount
{
    public static async Task<Ok<AccountView>> HandleAsync(
        NewAccountRequest request,
        HttpContext context,
        DecantDb db,
        AccountOpening opening,
        Passwords passwords,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var email = EmailAddress.Read("email", request.Email);
        var name = FullName.Read(request.FullName);
        var hash = await passwords.HashAsync(
            PasswordRules.Read("password", request.Password, email),
            cancellationToken
        );
        try
        {
            var made = await db.InWriteTransactionAsync(
                async token =>
                {
                    var account = new Account
                    {
                        Email = email,
                        FullName = name,
                        PasswordHash = hash,
                        CreatedAt = time.GetUtcNow(),
                    };
                    await opening.OpenAsync(db, account, Actor.Of(context), "By an administrator", token);
                    return account;
                },
                cancellationToken
            );
            return TypedResults.Ok(AccountView.Of(made));
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            throw NewAccountRequest.Taken(email);
        }
    }
}
