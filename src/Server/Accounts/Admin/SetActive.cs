using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>POST /api/v1/admin/users/{id}/disable</c> and <c>…/enable</c>. Jobs that were accepted go on; files stay.</summary>
internal static class SetActive
{
    public static Task<Ok<AccountView>> DisableAsync(
        long id,
        HttpContext context,
        DecantDb db,
        Sessions sessions,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => SetAsync(id, isDisabled: true, context, db, sessions, audit, time, cancellationToken);

    public static Task<Ok<AccountView>> EnableAsync(
        long id,
        HttpContext context,
        DecantDb db,
        Sessions sessions,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => SetAsync(id, isDisabled: false, context, db, sessions, audit, time, cancellationToken);

    private static async Task<Ok<AccountView>> SetAsync(
        long id,
        bool isDisabled,
        HttpContext context,
        DecantDb db,
        Sessions sessions,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await db.InWriteTransactionAsync(
            async token =>
            {
                await db.ActOnOtherAsync(context.GetCaller(), id, token);
                var changed = await db
                    .Accounts.Where(account => account.Id == id && account.Disabled != isDisabled)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(account => account.Disabled, isDisabled)
                                .SetProperty(account => account.UpdatedAt, time.GetUtcNow()),
                        token
                    );
                if (changed == 0)
                {
                    return;
                }

                if (isDisabled)
                {
                    // Enabled again, it signs in anew; its keys, which others built upon, work again.
                    await sessions.EndAllAsync(db, id, token);
                }

                var action = isDisabled ? AuditAction.AccountDisabled : AuditAction.AccountEnabled;
                audit.Add(db, action, Actor.Of(context), id);
                await db.SaveChangesAsync(token);
            },
            cancellationToken
        );
        return await GetAccount.HandleAsync(id, db, cancellationToken);
    }
}
