using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

public abstract class GrantTests(DecantServer server)
{
    [Fact]
    public async Task A_reference_is_granted_once_however_many_ask_at_once()
    {
        var account = await CreateAccountAsync();

        var granted = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => GrantAsync(account, Purse.Wallet, 2500, "payment-1"))
        );

        Assert.Single(granted, one => one);
        Assert.Equal((0, 2500), await BalancesAsync(account));
        // Another purse and another reference are other grants.
        Assert.True(await GrantAsync(account, Purse.Credits, 7, "payment-1"));
        Assert.True(await GrantAsync(account, Purse.Wallet, 1, "payment-2"));
        Assert.Equal((7, 2501), await BalancesAsync(account));
    }

    [Fact]
    public async Task Without_a_reference_every_grant_stands_alone()
    {
        var account = await CreateAccountAsync();

        await GrantAsync(account, Purse.Credits, 5, null);
        await GrantAsync(account, Purse.Credits, 5, null);

        Assert.Equal((10, 0), await BalancesAsync(account));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_000_000_001)]
    [InlineData(long.MaxValue)]
    public async Task What_no_purse_can_hold_is_refused_and_changes_nothing(long amount)
    {
        var account = await CreateAccountAsync();
        await GrantAsync(account, Purse.Credits, 5, null);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => GrantAsync(account, Purse.Credits, amount, null));

        Assert.Equal("invalid_request", refusal.Error.Code);
        await Assert.ThrowsAsync<ApiException>(() => GrantAsync(account, Purse.Credits, Grants.Most, null));
        Assert.Equal((5, 0), await BalancesAsync(account));
    }

    [Fact]
    public async Task An_account_that_is_none_is_named()
    {
        var refusal = await Assert.ThrowsAsync<ApiException>(() => GrantAsync(987_654, Purse.Credits, 1, null));

        Assert.Equal("not_found", refusal.Error.Code);
    }

    private async Task<long> CreateAccountAsync()
    {
        var account = new Account { Email = $"{Guid.NewGuid()}@example.org" };
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account.Id;
    }

    private async Task<bool> GrantAsync(long account, Purse purse, long amount, string? reference)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        return await db.InWriteTransactionAsync(
            token => server.Get<Ledger>().GrantAsync(db, account, purse, amount, "Test", reference, token),
            CancellationToken.None
        );
    }

    private async Task<(long, long)> BalancesAsync(long id)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var account = await db.Accounts.AsNoTracking().SingleAsync(one => one.Id == id);
        return (account.CreditBalance, account.WalletBalance);
    }
}

public sealed class GrantsOnSqlite(ServerOn<Sqlite> on) : GrantTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class GrantsOnPostgres(ServerOn<Postgres> on) : GrantTests(on.Server), IClassFixture<ServerOn<Postgres>>;
