using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

internal static class OtherAccounts
{
    /// <exception cref="ApiException"><c>not_found</c>.</exception>
    public static async Task<Account> GetAccountAsync(this DecantDb db, long id, CancellationToken cancellationToken) =>
        await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancellationToken)
        ?? throw Missing(id);

    public static ApiException Missing(long id) => new(ApiError.NotFound, $"There is no account {id}.");

    /// <summary>
    /// Inside a write transaction: the caller is an administrator still, and no other one changes who is until it ends. With
    /// nobody able to do this to oneself, one administrator always remains.
    /// </summary>
    /// <exception cref="ApiException"><c>forbidden</c>.</exception>
    public static async Task ActOnOtherAsync(
        this DecantDb db,
        Caller caller,
        long id,
        CancellationToken cancellationToken
    )
    {
        if (caller.AccountId == id)
        {
            throw new ApiException(ApiError.Forbidden, "This is your own account. Let another administrator do it.");
        }

        await db.PassAloneAsync("administrators", cancellationToken);
        if (
            !await db.Accounts.AnyAsync(
                account => account.Id == caller.AccountId && account.IsAdministrator && !account.Disabled,
                cancellationToken
            )
        )
        {
            throw new ApiException(ApiError.Forbidden, "You are no administrator any more.");
        }
    }
}
