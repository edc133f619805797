using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

public abstract class LedgerTests(DecantServer server)
{
    private readonly Ledger _ledger = server.Get<Ledger>();
    private readonly IDbContextFactory<DecantDb> _databases = server.Get<IDbContextFactory<DecantDb>>();
    private readonly Books _books = new(server);

    [Fact]
    public async Task Of_two_hundred_racing_holds_only_as_many_pass_as_the_credits_allow()
    {
        var caller = await _books.CreateAccountAsync(credits: 1000);
        var jobs = await _books.CreateJobsAsync(caller, 200);

        var passed = await Task.WhenAll(jobs.Select(job => _books.TryHoldAsync(caller, job, 100)));

        Assert.Equal(10, passed.Count(one => one));
        Assert.Equal(0, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task A_refused_hold_says_what_is_needed_and_what_is_there()
    {
        var caller = await _books.CreateAccountAsync(credits: 40);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => _books.HoldAsync(caller, 0, 102));

        Assert.Equal("insufficient_credits", refusal.Error.Code);
        Assert.Equal(102L, refusal.Figures["required_credits"]);
        Assert.Equal(40L, refusal.Figures["available_credits"]);
    }

    [Fact]
    public async Task A_key_pays_in_cents_from_the_wallet()
    {
        var caller = await _books.CreateAccountAsync(credits: 1000, cents: 3) with { Purse = Purse.Wallet };

        var refusal = await Assert.ThrowsAsync<ApiException>(() => _books.HoldAsync(caller, 0, 4));

        Assert.Equal("insufficient_api_balance", refusal.Error.Code);
        Assert.Equal(4L, refusal.Figures["required_cents"]);
        Assert.Equal("$0.04", refusal.Figures["required_usd"]);
        Assert.Equal(3L, refusal.Figures["available_cents"]);
        Assert.Equal("$0.03", refusal.Figures["available_usd"]);
        Assert.True(await _books.TryHoldAsync(caller, await _books.CreateJobAsync(caller), 3));
        Assert.Equal(0, await _books.BalanceAsync(caller));
    }

    [Fact]
    public async Task Several_jobs_are_held_for_together_or_not_at_all()
    {
        var caller = await _books.CreateAccountAsync(credits: 250);
        var jobs = await _books.CreateJobsAsync(caller, 3);
        Task HoldAllAsync(int count) =>
            _books.InTransactionAsync(
                (db, token) =>
                    _ledger.HoldAsync(db, caller, [.. jobs.Take(count).Select(job => new Hold(job.Id, 100))], token)
            );

        var refusal = await Assert.ThrowsAsync<ApiException>(() => HoldAllAsync(3));
        Assert.Equal(300L, refusal.Figures["required_credits"]);
        Assert.Equal(250, await _books.BalanceAsync(caller));

        await HoldAllAsync(2);
        Assert.Equal(50, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task A_hold_comes_back_once_however_often_it_is_released()
    {
        var caller = await _books.CreateAccountAsync(credits: 500);
        var job = await _books.CreateJobAsync(caller);
        await _books.HoldAsync(caller, job.Id, 200);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => _books.InTransactionAsync((db, token) => _ledger.ReleaseAsync(db, job, token)))
        );

        Assert.Equal(500, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task Settling_for_less_gives_the_rest_back_and_settling_again_does_nothing()
    {
        var caller = await _books.CreateAccountAsync(credits: 500);
        var job = await _books.CreateJobAsync(caller);
        await _books.HoldAsync(caller, job.Id, 200);

        Assert.Equal(120, await _books.SettleAsync(job, 120));
        Assert.Equal(0, await _books.SettleAsync(job, 120));

        Assert.Equal(380, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task Settling_for_more_takes_all_of_it_or_nothing()
    {
        var caller = await _books.CreateAccountAsync(credits: 250);
        var job = await _books.CreateJobAsync(caller);
        await _books.HoldAsync(caller, job.Id, 200);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => _books.SettleAsync(job, 900));
        Assert.Equal("insufficient_credits", refusal.Error.Code);
        Assert.Equal(50, await _books.BalanceAsync(caller));
        Assert.Equal(240, await _books.SettleAsync(job, 240));

        Assert.Equal(10, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task A_hold_is_raised_by_what_is_missing_or_not_at_all()
    {
        var caller = await _books.CreateAccountAsync(credits: 250);
        var job = await _books.CreateJobAsync(caller);
        await _books.HoldAsync(caller, job.Id, 100);
        job.Held = 100;

        Assert.True(await _books.RaiseAsync(job, 180));
        // The run knows of 100 still, as one would that another has taken the place of.
        Assert.False(await _books.RaiseAsync(job, 200));
        job.Held = 180;
        await Assert.ThrowsAsync<ApiException>(() => _books.RaiseAsync(job, 251));

        Assert.Equal(70, await _books.BalanceAsync(caller));
        Assert.Equal(180, await _books.SettleAsync(job, 180));
        Assert.False(await _books.RaiseAsync(job, 200));
        Assert.Equal(70, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task An_account_that_is_never_refused_is_granted_what_it_lacks()
    {
        var caller = await _books.CreateAccountAsync(credits: 30, neverRefused: true);
        var jobs = await _books.CreateJobsAsync(caller, 20);

        var passed = await Task.WhenAll(jobs.Select(job => _books.TryHoldAsync(caller, job, 100)));

        Assert.All(passed, Assert.True);
        Assert.Equal(0, await _books.BalanceAsync(caller));
        await _books.AssertBalanceAsync(caller);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_races_the_books_balance_and_no_purse_goes_below_zero(int seed)
    {
        var random = new Random(seed);
        var caller = await _books.CreateAccountAsync(credits: 1000);
        var jobs = await _books.CreateJobsAsync(caller, 15);

        // Each job is held for, settled and released by rivals at once, as crashes and retries would have it.
        var moves = jobs.SelectMany(job =>
                new Func<Task>[]
                {
                    () => _books.TryHoldAsync(caller, job, 100),
                    () => _books.TrySettleAsync(job, 50 + job.Id % 100),
                    () => _books.InTransactionAsync((db, token) => _ledger.ReleaseAsync(db, job, token)),
                    () => _books.SettleAsync(job, 10),
                }
            )
            .ToArray();
        random.Shuffle(moves);
        await Task.WhenAll(moves.Select(move => Task.Run(move)));

        await _books.AssertBalanceAsync(caller);
    }

    [Fact]
    public async Task Money_moves_only_inside_a_transaction()
    {
        var caller = await _books.CreateAccountAsync(credits: 1);
        await using var db = await _databases.CreateDbContextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _ledger.HoldAsync(db, caller, 1, 1, CancellationToken.None)
        );
    }
}

public sealed class LedgerOnSqlite(ServerOn<Sqlite> on) : LedgerTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class LedgerOnPostgres(ServerOn<Postgres> on) : LedgerTests(on.Server), IClassFixture<ServerOn<Postgres>>;
