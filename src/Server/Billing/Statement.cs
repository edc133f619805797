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
        var totals = await Entries(accountId, purse)
            .Where(entry => entry.Kind == EntryKind.Grant || entry.Kind == EntryKind.Charge)
            .GroupBy(entry => entry.Kind)
            .Select(kind => new { kind.Key, Amount = kind.Sum(entry => entry.Amount) })
            .ToDictionaryAsync(kind => kind.Key, kind => kind.Amount, cancellationToken);
        return new Balance(
            now.Balance,
            now.Held,
            totals.GetValueOrDefault(EntryKind.Grant),
            -totals.GetValueOrDefault(EntryKind.Charge)
        );
    }

    public IQueryable<LedgerEntry> Entries(long accountId, Purse purse) =>
        db.Ledger.AsNoTracking().Where(entry => entry.AccountId == accountId && entry.Purse == purse);

    /// <summary>Puts beside each entry what the purse had after it: the sum of all entries until then.</summary>
    /// <param name="entries">Entries of one purse, newest first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<(LedgerEntry Entry, long BalanceAfter)>> WithBalancesAsync(
        IReadOnlyList<LedgerEntry> entries,
        CancellationToken cancellationToken
    )
    {
        if (entries is not [var newest, ..])
        {
            return [];
        }

        var oldest = entries[^1];
        var all = Entries(newest.AccountId, newest.Purse);
        var balance = await all.Where(entry => entry.Id < oldest.Id).SumAsync(entry => entry.Amount, cancellationToken);
        // With what a filter has left out in between.
        var movements = await all.Where(entry => entry.Id >= oldest.Id && entry.Id <= newest.Id)
            .OrderBy(entry => entry.Id)
            .Select(entry => new { entry.Id, entry.Amount })
            .ToListAsync(cancellationToken);
        var after = new Dictionary<long, long>();
        foreach (var movement in movements)
        {
            balance += movement.Amount;
            after[movement.Id] = balance;
        }

        return [.. entries.Select(entry => (entry, after[entry.Id]))];
    }
}

/// <param name="Available">Amount that may be spent, without what is held.</param>
/// <param name="Held">For jobs under way.</param>
/// <param name="Granted">All that ever came in.</param>
/// <param name="Used">All that was ever charged.</param>
internal sealed record Balance(long Available, long Held, long Granted, long Used);
