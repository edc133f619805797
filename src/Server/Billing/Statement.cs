using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Money;
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
                account.NeverRefused,
                Held = db.Set<Job>()
                    .Where(job => job.AccountId == accountId && job.BilledTo == purse && job.Held > 0)
                    .Sum(job => job.Held),
            })
            .SingleAsync(cancellationToken);
        var newest = await NewestAsync(accountId, purse, cancellationToken);
        return new Balance(now.Balance, now.Held, newest.Granted, newest.Charged, now.NeverRefused);
    }

    public IQueryable<LedgerEntry> Entries(long accountId, Purse purse) =>
        db.Ledger.AsNoTracking().Where(entry => entry.AccountId == accountId && entry.Purse == purse);

    /// <returns>The charges for jobs among some entries.</returns>
    public static IQueryable<LedgerEntry> Charges(IQueryable<LedgerEntry> entries) =>
        entries.Where(entry => entry.Kind == EntryKind.Charge && entry.JobId != null);

    /// <returns>Some charges, newest first, each with the length that its job delivered.</returns>
    public IQueryable<JobCharge> WithLengths(IQueryable<LedgerEntry> charges) =>
        from entry in charges
        join job in db.Jobs on entry.JobId equals job.Id into jobs
        from job in jobs.DefaultIfEmpty()
        orderby entry.Number descending
        select new JobCharge(
            entry.Id,
            entry.JobId!.Value,
            -entry.Amount,
            job == null ? null : job.Duration ?? 0,
            entry.CreatedAt
        );

    /// <returns>The newest entry, which carries the sums of all; the empty one where there is none.</returns>
    public async Task<LedgerEntry> NewestAsync(long accountId, Purse purse, CancellationToken cancellationToken) =>
        await Entries(accountId, purse).OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(cancellationToken)
        ?? LedgerEntry.None;
}

/// <param name="Available">Amount that may be spent, without what is held.</param>
/// <param name="Held">Amount held for jobs under way.</param>
/// <param name="Granted">Amount that ever came in.</param>
/// <param name="Used">Amount that was ever charged.</param>
/// <param name="IsNeverRefused">The account may spend more than is there.</param>
internal sealed record Balance(long Available, long Held, long Granted, long Used, bool IsNeverRefused)
{
    /// <summary>US cents below which a wallet's owner is warned: a hundred minutes at the usual rate.</summary>
    private const long LowCents = 100;

    /// <summary>The wallet will soon be too empty to pay.</summary>
    public bool IsLow => Available < LowCents && !IsNeverRefused;

    /// <summary>The wallet pays so much.</summary>
    public bool Covers(long cents) => IsNeverRefused || Available >= cents;
}

/// <param name="Id">Number of the ledger entry.</param>
/// <param name="JobId">The job, which may be deleted by now.</param>
/// <param name="Amount">Credits or US cents, positive.</param>
/// <param name="Seconds">Length that was delivered, 0 for a thumbnail; null where the job is deleted.</param>
/// <param name="CreatedAt">Time of the charge (UTC).</param>
internal sealed record JobCharge(long Id, long JobId, long Amount, double? Seconds, DateTimeOffset CreatedAt);
