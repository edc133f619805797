using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>PUT /api/v1/admin/users/{id}/role</c>.</summary>
internal static class SetRole
{
    public static async Task<Ok<AccountView>> HandleAsync(
        long id,
        RoleRequest request,
        HttpContext context,
        DecantDb db,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var isAdministrator = request.Read() == AccountRole.Administrator;
        await db.InWriteTransactionAsync(
            async token =>
            {
                await db.ActOnOtherAsync(context.GetCaller(), id, token);
                var changed = await db
                    .Accounts.Where(account => account.Id == id && account.IsAdministrator != isAdministrator)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(account => account.IsAdministrator, isAdministrator)
                                .SetProperty(account => account.UpdatedAt, time.GetUtcNow()),
                        token
                    );
                if (changed == 1)
                {
                    audit.Add(db, AuditAction.RoleChanged, Actor.Of(context), id, $"To {request.Role}");
                    await db.SaveChangesAsync(token);
                }
            },
            cancellationToken
        );
        return await GetAccount.HandleAsync(id, db, cancellationToken);
    }
}

/// <param name="Role"><c>administrator</c> or <c>user</c>.</param>
internal sealed record RoleRequest(string? Role)
{
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public AccountRole Read() =>
        Role switch
        {
            "administrator" => AccountRole.Administrator,
            "user" => AccountRole.User,
            _ => throw ApiException.Invalid(
                "role",
                $"The role '{Role}' is not known. Known are administrator and user."
            ),
        };
}
