using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

/// <summary>
/// The only writer of ledger entries, of balances and of what a job holds. Every method works inside the caller's open
/// transaction on <c>db</c> (<see cref="DecantDb.InWriteTransactionAsync{T}"/>) and commits nothing by itself.
/// </summary>
internal sealed partial class Ledger(TimeProvider time)
{
    /// <summary>Jobs named in one statement; a database takes some thousand parameters.</summary>
    private const int JobsAtOnce = 500;

    /// <summary>Takes <paramref name="amount"/> out of the purse for a job, in one conditional update.</summary>
    /// <exception cref="Errors.ApiException"><c>insufficient_credits</c> or <c>insufficient_api_balance</c>, with what is needed and what is there.</exception>
    public Task HoldAsync(DecantDb db, Caller caller, long amount, long jobId, CancellationToken cancellationToken) =>
        HoldAsync(db, caller, [new Hold(jobId, amount)], cancellationToken);

    /// <summary>Takes the sum for several jobs, or nothing at all.</summary>
    /// <inheritdoc cref="HoldAsync(DecantDb, Caller, long, long, CancellationToken)"/>
    public async Task HoldAsync(
        DecantDb db,
        Caller caller,
        IReadOnlyList<Hold> holds,
        CancellationToken cancellationToken
    )
    {
        RequireTransaction(db);
        await TakeAsync(db, caller, holds, cancellationToken);
        // Of a list's thousands most cost the same.
        foreach (var alike in holds.GroupBy(hold => hold.Amount))
        {
            foreach (var jobs in alike.Select(hold => hold.JobId).Chunk(JobsAtOnce))
            {
                await db
                    .Jobs.Where(job => jobs.Contains(job.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.Held, alike.Key), cancellationToken);
            }
        }
    }

    /// <summary>Inserts jobs that hold their price from the beginning, and takes the sum of it, or nothing at all.</summary>
    /// <inheritdoc cref="HoldAsync(DecantDb, Caller, long, long, CancellationToken)"/>
    public async Task InsertAsync(
        DecantDb db,
        Caller caller,
        IReadOnlyList<(Job Job, long Price)> jobs,
        CancellationToken cancellationToken
    )
    {
        RequireTransaction(db);
        foreach (var (job, price) in jobs)
        {
            job.Held = price;
            db.Jobs.Add(job);
        }

        // Before the purse, whose row all jobs of the account wait for.
        await db.SaveChangesAsync(cancellationToken);
        await TakeAsync(db, caller, [.. jobs.Select(one => new Hold(one.Job.Id, one.Price))], cancellationToken);
    }

    /// <summary>Gives a job's hold back whole. Nothing happens when it holds nothing any more.</summary>
    public async Task ReleaseAsync(DecantDb db, Job job, CancellationToken cancellationToken)
    {
        RequireTransaction(db);
        await GiveBackAsync(db, job, cancellationToken);
    }

    /// <summary>Raises what a run's job holds, in one conditional update of the job and one of the purse: more has come than was announced.</summary>
    /// <param name="db">Database with an open write transaction.</param>
    /// <param name="job">The job as its run knows it.</param>
    /// <param name="amount">Amount that it is to hold from now on, all in all.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>False where the job is no longer the run's, or holds something else than the run knows; then nothing has happened.</returns>
    /// <exception cref="Errors.ApiException"><c>insufficient_credits</c> or <c>insufficient_api_balance</c>; the transaction must not be committed.</exception>
    public async Task<bool> RaiseAsync(DecantDb db, Job job, long amount, CancellationToken cancellationToken)
    {
        RequireTransaction(db);
        if (job is not { AccountId: { } accountId, BilledTo: { } purse } || amount <= job.Held)
        {
            return false;
        }

        // The job before the purse, as where it is settled: two that meet wait for each other in one order.
        var raised = await db
            .Jobs.Where(one => one.Id == job.Id && one.Status == JobStatus.Processing && one.RunId == job.RunId)
            .Where(one => one.Held == job.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Held, amount), cancellationToken);
        if (raised == 0)
        {
            return false;
        }

        var missing = await TakeAsync(db, accountId, purse, amount - job.Held, cancellationToken);
        if (missing > 0)
        {
            throw Shortage.Of(purse, amount, amount - missing);
        }

        await WriteAsync(
            db,
            new Movement(accountId, purse, EntryKind.Hold, job.Held - amount, job.Id),
            cancellationToken
        );
        return true;
    }

    /// <summary>Turns a job's hold into a charge of what was delivered: the rest of the hold goes back.</summary>
    /// <returns>The amount charged; 0 where the job has no hold (any more).</returns>
    /// <exception cref="Errors.ApiException"><c>insufficient_credits</c> or <c>insufficient_api_balance</c> where it is more than was held and the purse does not bear the rest; the transaction must not be committed.</exception>
    public async Task<long> SettleAsync(DecantDb db, Job job, long amount, CancellationToken cancellationToken)
    {
        RequireTransaction(db);
        if (job is not { AccountId: { } accountId, BilledTo: { } purse })
        {
            return 0;
        }

        var held = await LoosenAsync(db, job, cancellationToken);
        if (held == 0)
        {
            return 0;
        }

        // The purse moves once, by the difference; its history reads hold, release, charge.
        var missing = await TakeAsync(db, accountId, purse, amount - held, cancellationToken);
        if (missing > 0)
        {
            throw Shortage.Of(purse, amount, amount - missing);
        }

        await WriteAsync(
            db,
            [
                new Movement(accountId, purse, EntryKind.Release, held, job.Id),
                new Movement(accountId, purse, EntryKind.Charge, -amount, job.Id),
            ],
            cancellationToken
        );
        return amount;
    }

    /// <summary>Takes what several jobs hold, or nothing at all.</summary>
    private async Task TakeAsync(
        DecantDb db,
        Caller caller,
        IReadOnlyList<Hold> holds,
        CancellationToken cancellationToken
    )
    {
        var total = holds.Sum(hold => hold.Amount);
        var missing = await TakeAsync(db, caller.AccountId, caller.Purse, total, cancellationToken);
        if (missing > 0)
        {
            throw Shortage.Of(caller.Purse, total, total - missing);
        }

        await WriteAsync(
            db,
            [
                .. holds.Select(hold => new Movement(
                    caller.AccountId,
                    caller.Purse,
                    EntryKind.Hold,
                    -hold.Amount,
                    hold.JobId
                )),
            ],
            cancellationToken
        );
    }

    /// <summary>Takes an amount out of a purse, or nothing. What an account that is never refused lacks is granted on the spot.</summary>
    /// <returns>The amount that the purse lacks; 0 when the hold was taken.</returns>
    private async Task<long> TakeAsync(
        DecantDb db,
        long accountId,
        Purse purse,
        long amount,
        CancellationToken cancellationToken
    )
    {
        var account = db.Accounts.Where(one => one.Id == accountId);
        while (await account.WithAtLeast(purse, amount).AddToAsync(purse, -amount, cancellationToken) == 0)
        {
            var seen = await account.AsNoTracking().SingleAsync(cancellationToken);
            var balance = purse == Purse.Credits ? seen.CreditBalance : seen.WalletBalance;
            if (balance >= amount)
            {
                continue; // Filled up between the two statements.
            }

            if (!seen.NeverRefused)
            {
                return amount - balance;
            }

            if (await account.WithExactly(purse, balance).AddToAsync(purse, -balance, cancellationToken) == 1)
            {
                await WriteAsync(
                    db,
                    new Movement(accountId, purse, EntryKind.Grant, amount - balance),
                    cancellationToken,
                    "Never refused"
                );
                return 0;
            }
        }

        return 0;
    }

    /// <returns>The amount that the job held until now.</returns>
    private async Task<long> GiveBackAsync(DecantDb db, Job job, CancellationToken cancellationToken)
    {
        if (job is not { AccountId: { } accountId, BilledTo: { } purse })
        {
            return 0;
        }

        var held = await LoosenAsync(db, job, cancellationToken);
        if (held == 0)
        {
            return 0;
        }

        await db.Accounts.Where(one => one.Id == accountId).AddToAsync(purse, held, cancellationToken);
        await WriteAsync(db, new Movement(accountId, purse, EntryKind.Release, held, job.Id), cancellationToken);
        return held;
    }

    private static void RequireTransaction(DecantDb db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Money moves only inside DecantDb.InWriteTransactionAsync.");
        }
    }

    /// <param name="AccountId">Account that owns the purse.</param>
    /// <param name="Purse">Purse of the account.</param>
    /// <param name="Kind">Kind of movement.</param>
    /// <param name="Amount">Amount that the purse gains; nothing is written for 0.</param>
    /// <param name="JobId">Number of the job.</param>
    private sealed record Movement(long AccountId, Purse Purse, EntryKind Kind, long Amount, long? JobId = null);
}
