using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

internal sealed partial class Ledger
{
    /// <summary>Adds to a purse.</summary>
    /// <exception cref="Errors.ApiException"><c>not_found</c> for an account that is none, <c>invalid_request</c> for an amount that is none.</exception>
    public Task GrantAsync(
        DecantDb db,
        long accountId,
        Purse purse,
        long amount,
        string note,
        CancellationToken cancellationToken
    ) => GrantAsync(db, accountId, purse, amount, note, reference: null, cancellationToken);

    /// <summary>Adds to a purse, once for each reference however often it is asked for.</summary>
    /// <param name="db">Database with an open write transaction.</param>
    /// <param name="accountId">Account that owns the purse.</param>
    /// <param name="purse">Purse of the account.</param>
    /// <param name="amount">Credits or US cents, from 0.</param>
    /// <param name="note">Reason, for those who read the history.</param>
    /// <param name="reference">Reference of the grant, such as the number of a payment, under which it is granted once; null for none.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>False where the reference has been granted before; then nothing has happened.</returns>
    /// <inheritdoc cref="GrantAsync(DecantDb, long, Purse, long, string, CancellationToken)"/>
    public async Task<bool> GrantAsync(
        DecantDb db,
        long accountId,
        Purse purse,
        long amount,
        string note,
        string? reference,
        CancellationToken cancellationToken
    )
    {
        RequireTransaction(db);
        Grants.EnsureAmount(amount);
        // The purse first: its row is what makes rivals with the same reference come one after the other.
        var account = db.Accounts.Where(one => one.Id == accountId);
        if (await account.WithAtMost(purse, Grants.Most - amount).AddToAsync(purse, amount, cancellationToken) == 0)
        {
            throw await account.AnyAsync(cancellationToken)
                ? Grants.NoRoom(amount)
                : new ApiException(ApiError.NotFound, $"There is no account {accountId}.");
        }

        if (
            reference is not null
            && await db.Ledger.AnyAsync(
                one => one.AccountId == accountId && one.Purse == purse && one.Reference == reference,
                cancellationToken
            )
        )
        {
            await account.AddToAsync(purse, -amount, cancellationToken);
            return false;
        }

        await WriteAsync(
            db,
            new Movement(accountId, purse, EntryKind.Grant, amount),
            cancellationToken,
            note,
            reference
        );
        return true;
    }
}
