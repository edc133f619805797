using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Money;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

/// <summary>An account with so much in one purse, and a client that pays out of it: a session out of the credits, a key out of the wallet.</summary>
internal sealed record Payer(DecantServer Server, long Id, HttpClient Http, Purse Purse, long Amount)
{
    public string Shortage => Purse == Purse.Credits ? "insufficient_credits" : "insufficient_api_balance";

    public static async Task<Payer> NewAsync(DecantServer server, Purse purse, long amount)
    {
        var person = await Person.RegisterAsync(server);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await db.InWriteTransactionAsync(
            token => server.Get<Ledger>().GrantAsync(db, person.Id, purse, amount, "Test", token),
            CancellationToken.None
        );
        var http = purse == Purse.Credits ? person.Http : (await person.KeyAsync("*")).Http;
        return new Payer(server, person.Id, http, purse, amount);
    }

    public async Task<long> BalanceAsync()
    {
        await using var db = await Server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == Id);
        return Purse == Purse.Credits ? account.CreditBalance : account.WalletBalance;
    }

    /// <summary>Ledger entries of a job: its holds, what was given back of them, and what was charged.</summary>
    public async Task<Moved> MovedAsync(long job)
    {
        await using var db = await Server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var entries = await db.Ledger.Where(entry => entry.JobId == job).OrderBy(entry => entry.Id).ToListAsync();
        return new Moved(
            [.. entries.Where(entry => entry.Kind == EntryKind.Hold).Select(entry => -entry.Amount)],
            entries.Where(entry => entry.Kind == EntryKind.Release).Sum(entry => entry.Amount),
            -entries.Where(entry => entry.Kind == EntryKind.Charge).Sum(entry => entry.Amount)
        );
    }
}

/// <param name="Holds">What was held and what that was raised by, in order.</param>
/// <param name="Released">Given back.</param>
/// <param name="Charged">Taken.</param>
internal sealed record Moved(IReadOnlyList<long> Holds, long Released, long Charged);
