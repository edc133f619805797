using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

/// <summary>Accounts and jobs that are rows alone, and what the ledger does with them.</summary>
internal sealed class Books(DecantServer server)
{
    private readonly Ledger _ledger = server.Get<Ledger>();
    private readonly IDbContextFactory<DecantDb> _databases = server.Get<IDbContextFactory<DecantDb>>();

    public Task<Caller> CreateAccountAsync(long credits, long cents = 0, bool neverRefused = false) =>
        JobRows.CreateAccountAsync(_databases, _ledger, credits, cents, neverRefused);

    public async Task<Job> CreateJobAsync(Caller caller) => (await CreateJobsAsync(caller, 1))[0];

    public async Task<Job[]> CreateJobsAsync(Caller caller, int count)
    {
        var jobs = Enumerable.Range(0, count).Select(_ => JobRows.New(caller)).ToArray();
        await InTransactionAsync(
            async (db, token) =>
            {
                db.Jobs.AddRange(jobs);
                await db.SaveChangesAsync(token);
            }
        );
        return jobs;
    }

    public Task HoldAsync(Caller caller, long job, long amount) =>
        InTransactionAsync((db, token) => _ledger.HoldAsync(db, caller, amount, job, token));

    public async Task<bool> TryHoldAsync(Caller caller, Job job, long amount)
    {
        try
        {
            await HoldAsync(caller, job.Id, amount);
            return true;
        }
        catch (ApiException refusal) when (refusal.Error.Status == 402)
        {
            return false;
        }
    }

    public async Task<bool> RaiseAsync(Job job, long amount)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await db.InWriteTransactionAsync(
            token => _ledger.RaiseAsync(db, job, amount, token),
            CancellationToken.None
        );
    }

    public async Task<long> SettleAsync(Job job, long amount)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await db.InWriteTransactionAsync(
            token => _ledger.SettleAsync(db, job, amount, token),
            CancellationToken.None
        );
    }

    public async Task TrySettleAsync(Job job, long amount)
    {
        try
        {
            await SettleAsync(job, amount);
        }
        catch (ApiException refusal) when (refusal.Error.Status == 402)
        {
            // The rest of the purse is held for others, and the job holds what it held.
        }
    }

    public async Task<long> BalanceAsync(Caller caller)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == caller.AccountId);
        return caller.Purse == Purse.Credits ? account.CreditBalance : account.WalletBalance;
    }

    public async Task AssertBalanceAsync(Caller caller)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == caller.AccountId);
        var entries = await db
            .Ledger.Where(entry => entry.AccountId == caller.AccountId)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
        var jobs = await db.Jobs.Where(job => job.AccountId == caller.AccountId).ToListAsync();

        Assert.Equal(account.CreditBalance, Sum(entries, Purse.Credits));
        Assert.Equal(account.WalletBalance, Sum(entries, Purse.Wallet));
        Assert.True(account.CreditBalance >= 0 && account.WalletBalance >= 0);
        Assert.All(
            jobs,
            job =>
            {
                var held = entries.Where(entry => entry.JobId == job.Id && entry.Kind != EntryKind.Charge);
                Assert.Equal(job.Held, -held.Sum(entry => entry.Amount));
            }
        );
    }

    public async Task InTransactionAsync(Func<DecantDb, CancellationToken, Task> work)
    {
        await using var db = await _databases.CreateDbContextAsync();
        await db.InWriteTransactionAsync(token => work(db, token), CancellationToken.None);
    }

    private static long Sum(IEnumerable<LedgerEntry> entries, Purse purse) =>
        entries.Where(entry => entry.Purse == purse).Sum(entry => entry.Amount);
}
