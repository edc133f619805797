using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

/// <summary>Reads an account's purse out of the books. Changes nothing.</summary>
internal sealed class Statement(DecantDb db)
{
    public async Task<Balance> ReadBalanceAsync(long accountId, Purse purse, CancellationToken cancellationToken)
    {
        // Balance and holds in one statement: between two of them a hold could be neither or both.
        var now = await db
            .Accounts.Where(account => account.Id == accountId)
            .Select(account => new
            {
                Balance = purse == Purse.Credits ? account.CreditBalance : account.WalletBalance,
                Held = db
                    .Jobs.Where(job => job.AccountId == accountId && job.BilledTo == purse && job.Held > 0)
                    .Sum(job => job.Held),
            })
            .SingleAsync(cancellationToken);
        var newest = await NewestAsync(accountId, purse, cancellationToken);
        return new Balance(now.Balance, now.Held, newest.Granted, newest.Charged);
    }

    public IQueryable<LedgerEntry> Entries(long accountId, Purse purse) =>
        db.Ledger.AsNoTracking().Where(entry => entry.AccountId == accountId && entry.Purse == purse);

    /// <returns>The newest entry, which carries the sums of all; the empty one where there is none.</returns>
    public async Task<LedgerEntry> NewestAsync(long accountId, Purse purse, CancellationToken cancellationToken) =>
        await Entries(accountId, purse).OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(cancellationToken)
        ?? LedgerEntry.None;
}

/// <param name="Available">Amount that may be spent, without what is held.</param>
/// <param name="Held">For jobs under way.</param>
/// <param name="Granted">All that ever came in.</param>
/// <param name="Used">All that was ever charged.</param>
internal sealed record Balance(long Available, long Held, long Granted, long Used);
