using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Requests;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

public abstract class LedgerTests(DecantServer server)
{
    private readonly Ledger _ledger = server.Get<Ledger>();
    private readonly IDbContextFactory<DecantDb> _databases = server.Get<IDbContextFactory<DecantDb>>();

    [Fact]
    public async Task Of_two_hundred_racing_holds_only_as_many_pass_as_the_credits_allow()
    {
        var caller = await CreateAccountAsync(credits: 1000);
        var jobs = await CreateJobsAsync(caller, 200);

        var passed = await Task.WhenAll(jobs.Select(job => TryHoldAsync(caller, job, 100)));

        Assert.Equal(10, passed.Count(one => one));
        Assert.Equal(0, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task A_refused_hold_says_what_is_needed_and_what_is_there()
    {
        var caller = await CreateAccountAsync(credits: 40);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => HoldAsync(caller, 0, 102));

        Assert.Equal("insufficient_credits", refusal.Error.Code);
        Assert.Equal(102L, refusal.Figures["required_credits"]);
        Assert.Equal(40L, refusal.Figures["available_credits"]);
    }

    [Fact]
    public async Task A_key_pays_in_cents_from_the_wallet()
    {
        var caller = await CreateAccountAsync(credits: 1000, cents: 3) with { Purse = Purse.Wallet };

        var refusal = await Assert.ThrowsAsync<ApiException>(() => HoldAsync(caller, 0, 4));

        Assert.Equal("insufficient_api_balance", refusal.Error.Code);
        Assert.Equal(4L, refusal.Figures["required_cents"]);
        Assert.Equal("$0.04", refusal.Figures["required_usd"]);
        Assert.Equal(3L, refusal.Figures["available_cents"]);
        Assert.Equal("$0.03", refusal.Figures["available_usd"]);
        Assert.True(await TryHoldAsync(caller, await CreateJobAsync(caller), 3));
        Assert.Equal(0, await BalanceAsync(caller));
    }

    [Fact]
    public async Task Several_jobs_are_held_for_together_or_not_at_all()
    {
        var caller = await CreateAccountAsync(credits: 250);
        var jobs = await CreateJobsAsync(caller, 3);
        Task HoldAllAsync(int count) =>
            InTransactionAsync(
                (db, token) =>
                    _ledger.HoldAsync(db, caller, [.. jobs.Take(count).Select(job => new Hold(job.Id, 100))], token)
            );

        var refusal = await Assert.ThrowsAsync<ApiException>(() => HoldAllAsync(3));
        Assert.Equal(300L, refusal.Figures["required_credits"]);
        Assert.Equal(250, await BalanceAsync(caller));

        await HoldAllAsync(2);
        Assert.Equal(50, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task A_hold_comes_back_once_however_often_it_is_released()
    {
        var caller = await CreateAccountAsync(credits: 500);
        var job = await CreateJobAsync(caller);
        await HoldAsync(caller, job.Id, 200);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => InTransactionAsync((db, token) => _ledger.ReleaseAsync(db, job, token)))
        );

        Assert.Equal(500, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task Settling_for_less_gives_the_rest_back_and_settling_again_does_nothing()
    {
        var caller = await CreateAccountAsync(credits: 500);
        var job = await CreateJobAsync(caller);
        await HoldAsync(caller, job.Id, 200);

        Assert.Equal(120, await SettleAsync(job, 120));
        Assert.Equal(0, await SettleAsync(job, 120));

        Assert.Equal(380, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task Settling_for_more_takes_all_of_it_or_nothing()
    {
        var caller = await CreateAccountAsync(credits: 250);
        var job = await CreateJobAsync(caller);
        await HoldAsync(caller, job.Id, 200);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => SettleAsync(job, 900));
        Assert.Equal("insufficient_credits", refusal.Error.Code);
        Assert.Equal(50, await BalanceAsync(caller));
        Assert.Equal(240, await SettleAsync(job, 240));

        Assert.Equal(10, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task A_hold_is_raised_by_what_is_missing_or_not_at_all()
    {
        var caller = await CreateAccountAsync(credits: 250);
        var job = await CreateJobAsync(caller);
        await HoldAsync(caller, job.Id, 100);
        job.Held = 100;

        Assert.True(await RaiseAsync(job, 180));
        // The run knows of 100 still, as one would that another has taken the place of.
        Assert.False(await RaiseAsync(job, 200));
        job.Held = 180;
        await Assert.ThrowsAsync<ApiException>(() => RaiseAsync(job, 251));

        Assert.Equal(70, await BalanceAsync(caller));
        Assert.Equal(180, await SettleAsync(job, 180));
        Assert.False(await RaiseAsync(job, 200));
        Assert.Equal(70, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task An_account_that_is_never_refused_is_granted_what_it_lacks()
    {
        var caller = await CreateAccountAsync(credits: 30, neverRefused: true);
        var jobs = await CreateJobsAsync(caller, 20);

        var passed = await Task.WhenAll(jobs.Select(job => TryHoldAsync(caller, job, 100)));

        Assert.All(passed, Assert.True);
        Assert.Equal(0, await BalanceAsync(caller));
        await AssertBooksBalanceAsync(caller);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_races_the_books_balance_and_no_purse_goes_below_zero(int seed)
    {
        var random = new Random(seed);
        var caller = await CreateAccountAsync(credits: 1000);
        var jobs = await CreateJobsAsync(caller, 15);

        // Each job is held for, settled and released by rivals at once, as crashes and retries would have it.
        var moves = jobs.SelectMany(job =>
                new Func<Task>[]
                {
                    () => TryHoldAsync(caller, job, 100),
                    () => TrySettleAsync(job, 50 + job.Id % 100),
                    () => InTransactionAsync((db, token) => _ledger.ReleaseAsync(db, job, token)),
                    () => SettleAsync(job, 10),
                }
            )
            .ToArray();
        random.Shuffle(moves);
        await Task.WhenAll(moves.Select(move => Task.Run(move)));

        await AssertBooksBalanceAsync(caller);
    }

    [Fact]
    public async Task Money_moves_only_inside_a_transaction()
    {
        var caller = await CreateAccountAsync(credits: 1);
        await using var db = await _databases.CreateDbContextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _ledger.HoldAsync(db, caller, 1, 1, CancellationToken.None)
        );
    }

    private async Task<Caller> CreateAccountAsync(long credits, long cents = 0, bool neverRefused = false)
    {
        var account = new Account { Email = $"{Guid.NewGuid()}@example.org", NeverRefused = neverRefused };
        await InTransactionAsync(
            async (db, token) =>
            {
                db.Accounts.Add(account);
                await db.SaveChangesAsync(token);
                await _ledger.GrantAsync(db, account.Id, Purse.Credits, credits, "Test", token);
                await _ledger.GrantAsync(db, account.Id, Purse.Wallet, cents, "Test", token);
            }
        );
        return new Caller(account.Id, null, Purse.Credits, false);
    }

    private async Task<Job> CreateJobAsync(Caller caller) => (await CreateJobsAsync(caller, 1))[0];

    private async Task<Job[]> CreateJobsAsync(Caller caller, int count)
    {
        var jobs = Enumerable
            .Range(0, count)
            .Select(_ => new Job
            {
                TaskId = Guid.NewGuid(),
                AccountId = caller.AccountId,
                BilledTo = caller.Purse,
                Url = "https://example.org/",
                Platform = "other",
                Format = "mp4",
                Request = new JobRequest(),
            })
            .ToArray();
        await InTransactionAsync(
            async (db, token) =>
            {
                db.Jobs.AddRange(jobs);
                await db.SaveChangesAsync(token);
            }
        );
        return jobs;
    }

    private async Task TrySettleAsync(Job job, long amount)
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

    private Task HoldAsync(Caller caller, long job, long amount) =>
        InTransactionAsync((db, token) => _ledger.HoldAsync(db, caller, amount, job, token));

    private async Task<bool> TryHoldAsync(Caller caller, Job job, long amount)
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

    private async Task<bool> RaiseAsync(Job job, long amount)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await db.InWriteTransactionAsync(
            token => _ledger.RaiseAsync(db, job, amount, token),
            CancellationToken.None
        );
    }

    private async Task<long> SettleAsync(Job job, long amount)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await db.InWriteTransactionAsync(
            token => _ledger.SettleAsync(db, job, amount, token),
            CancellationToken.None
        );
    }

    private async Task<long> BalanceAsync(Caller caller)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == caller.AccountId);
        return caller.Purse == Purse.Credits ? account.CreditBalance : account.WalletBalance;
    }

    private async Task AssertBooksBalanceAsync(Caller caller)
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

    private static long Sum(IEnumerable<LedgerEntry> entries, Purse purse) =>
        entries.Where(entry => entry.Purse == purse).Sum(entry => entry.Amount);

    private async Task InTransactionAsync(Func<DecantDb, CancellationToken, Task> work)
    {
        await using var db = await _databases.CreateDbContextAsync();
        await db.InWriteTransactionAsync(token => work(db, token), CancellationToken.None);
    }
}

public sealed class LedgerOnSqlite(ServerOn<Sqlite> on) : LedgerTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class LedgerOnPostgres(ServerOn<Postgres> on) : LedgerTests(on.Server), IClassFixture<ServerOn<Postgres>>;
