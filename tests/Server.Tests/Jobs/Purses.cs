using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>Accounts for tests, and what the books say of them.</summary>
internal static class Purses
{
    /// <summary>A client of an account of its own.</summary>
    public static async Task<HttpClient> NewClientAsync(this DecantServer server, long cents = 1000)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var key = await NewKeyAsync(db, server.Get<Ledger>(), cents);
        return new HttpClient(new DocumentedAnswers())
        {
            BaseAddress = server.Http.BaseAddress,
            DefaultRequestHeaders = { { "X-API-Key", key } },
        };
    }

    /// <summary>The key of another account, with cents in its wallet.</summary>
    public static async Task<string> NewKeyAsync(DecantDb db, Ledger ledger, long cents)
    {
        var account = new Account { Email = $"{Guid.NewGuid()}@example.org" };
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        var key = KeySecret.Create();
        db.ApiKeys.Add(
            new ApiKey
            {
                AccountId = account.Id,
                Name = "Test",
                Prefix = KeySecret.Prefix(key),
                Hash = KeySecret.Hash(key),
            }
        );
        await db.SaveChangesAsync();
        await db.InWriteTransactionAsync(
            token => ledger.GrantAsync(db, account.Id, Purse.Wallet, cents, "Test", token),
            CancellationToken.None
        );
        return key;
    }

    /// <summary>Ledger entries of a job, in order, such as <c>Hold -1</c>.</summary>
    public static async Task<IReadOnlyList<string>> EntriesOfAsync(this DecantServer server, long jobId)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var entries = await db.Ledger.Where(entry => entry.JobId == jobId).OrderBy(entry => entry.Id).ToListAsync();
        return [.. entries.Select(entry => $"{entry.Kind} {entry.Amount}")];
    }

    /// <summary>Every purse holds the sum of its entries.</summary>
    public static async Task AssertBooksBalanceAsync(this DecantServer server)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        foreach (var account in await db.Accounts.ToListAsync())
        {
            var wallet = await db
                .Ledger.Where(entry => entry.AccountId == account.Id && entry.Purse == Purse.Wallet)
                .SumAsync(entry => entry.Amount);
            Assert.Equal(wallet, account.WalletBalance);
        }

        foreach (
            var purse in (await db.Ledger.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync()).GroupBy(entry =>
                (entry.AccountId, entry.Purse)
            )
        )
        {
            AssertRunningSums(purse);
        }

        Assert.Equal(
            0,
            await db.Jobs.Where(job => job.Status != Decant.Server.Jobs.JobStatus.Processing).SumAsync(job => job.Held)
        );
    }

    /// <param name="entries">All of a purse, in order.</param>
    public static void AssertRunningSums(IEnumerable<LedgerEntry> entries)
    {
        var (balance, granted, charged, charges, number) = (0L, 0L, 0L, 0L, 0L);
        foreach (var entry in entries)
        {
            balance += entry.Amount;
            granted += entry.Kind == EntryKind.Grant ? entry.Amount : 0;
            charged -= entry.Kind == EntryKind.Charge ? entry.Amount : 0;
            charges += entry is { Kind: EntryKind.Charge, JobId: not null } ? 1 : 0;
            Assert.Equal(
                (balance, granted, charged, charges, ++number),
                (entry.Balance, entry.Granted, entry.Charged, entry.Charges, entry.Number)
            );
        }
    }
}
