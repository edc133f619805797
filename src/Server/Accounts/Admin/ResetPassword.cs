using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>POST /api/v1/admin/users/{id}/password</c>, for one that was forgotten: the server sends no mail. It also lifts a lock.</summary>
internal static class ResetPassword
{
    public static async Task<Ok<AccountView>> HandleAsync(
        long id,
        PasswordRequest request,
        HttpContext context,
        DecantDb db,
        Passwords passwords,
        Sessions sessions,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = await db.GetAccountAsync(id, cancellationToken);
        var hash = await passwords.HashAsync(
            PasswordRules.Read("password", request.Password, account.Email),
            cancellationToken
        );
        await db.InWriteTransactionAsync(
            async token =>
            {
                await db.ActOnOtherAsync(context.GetCaller(), id, token);
                await db
                    .Accounts.Where(one => one.Id == id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.PasswordHash, hash)
                                .SetProperty(one => one.UpdatedAt, time.GetUtcNow()),
                        token
                    );
                await sessions.EndAllAsync(db, id, token);
                await SignInGuard.ForgetAsync(db, account.Email, token);
                audit.Add(db, AuditAction.PasswordReset, Actor.Of(context), id);
                await db.SaveChangesAsync(token);
            },
            cancellationToken
        );
        return await GetAccount.HandleAsync(id, db, cancellationToken);
    }
}

/// <param name="Password">The new one; every session of the account ends.</param>
internal sealed record PasswordRequest(string? Password);
