using Decant.Engine;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Requests;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>Jobs that are rows alone: no queue knows them, and no sweep brings them to one while it has its day's rest.</summary>
internal static class JobRows
{
    /// <returns>A caller who pays out of the credits.</returns>
    public static async Task<Caller> CreateAccountAsync(
        IDbContextFactory<DecantDb> databases,
        Ledger ledger,
        long credits = 1000,
        long cents = 0,
        bool neverRefused = false
    )
    {
        var account = new Account { Email = $"{Guid.NewGuid()}@example.org", NeverRefused = neverRefused };
        await using var db = await databases.CreateDbContextAsync();
        await db.InWriteTransactionAsync(
            async token =>
            {
                db.Accounts.Add(account);
                await db.SaveChangesAsync(token);
                await ledger.GrantAsync(db, account.Id, Purse.Credits, credits, "Test", token);
                await ledger.GrantAsync(db, account.Id, Purse.Wallet, cents, "Test", token);
            },
            CancellationToken.None
        );
        return new Caller(account.Id, null, Purse.Credits, false);
    }

    public static Job New(Caller caller, JobStatus status = JobStatus.Processing) =>
        new()
        {
            TaskId = Guid.NewGuid(),
            AccountId = caller.AccountId,
            BilledTo = caller.Purse,
            Url = "https://example.org/",
            Platform = "other",
            Format = "mp4",
            Request = new JobRequest(),
            Status = status,
        };

    /// <summary>An accepted job that holds one credit.</summary>
    public static async Task<long> CreateAsync(IDbContextFactory<DecantDb> databases, Ledger ledger, Caller caller)
    {
        var job = New(caller);
        await using var db = await databases.CreateDbContextAsync();
        await db.InWriteTransactionAsync(
            async token =>
            {
                db.Jobs.Add(job);
                await db.SaveChangesAsync(token);
                await ledger.HoldAsync(db, caller, 1, job.Id, token);
            },
            CancellationToken.None
        );
        return job.Id;
    }

    public static Delivery Delivery(int seconds = 1) =>
        Server.Jobs.Transitions.Delivery.Of(
            1,
            new ExtractionResult
            {
                Info = new MediaInfo
                {
                    Id = "test",
                    PageUrl = new Uri("https://example.org/"),
                    Platform = Platform.Other,
                    Title = "Test",
                },
                Container = Container.Parse("mp4"),
                Path = "test.mp4",
                Size = 1,
                Duration = TimeSpan.FromSeconds(seconds),
            },
            DateTimeOffset.MaxValue
        );
}
