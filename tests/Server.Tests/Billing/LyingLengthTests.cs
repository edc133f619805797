using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Money;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

/// <summary>Sources that say another length than they have, at each place where one can be said: what is delivered is paid for, and nothing else is delivered.</summary>
/// <param name="server">Prices a second at ten credits and at ten cents.</param>
/// <param name="name">Part of the names of the lab's streams, so that no two classes share one.</param>
public abstract class LyingLengthTests(DecantServer server, string name)
{
    /// <summary>Credits and cents of a second.</summary>
    private const int Rate = 10;

    private static readonly int[] Seconds =
        Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1" ? [1, 4, 60] : [4];

    public static TheoryData<string, int> Lies =>
        new MatrixTheoryData<string, int>(["page", "feed", "vod.m3u8", "manifest.mpd", "header.mp4"], Seconds);

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Whoever_can_pay_pays_for_what_is_delivered_and_whoever_cannot_gets_nothing(
        string place,
        int announced
    )
    {
        foreach (var purse in new[] { Purse.Credits, Purse.Wallet })
        {
            var rich = await NewAsync(purse, 1000);
            // Enough for the lie of a second or four, and for none of the media.
            var poor = await NewAsync(purse, 50);

            var paid = await RunAsync(rich, place, announced);
            var refused = await RunAsync(poor, place, announced);

            if (paid.Job?.Text("status") == "COMPLETED")
            {
                var delivered = (double)paid.Job["duration"]!;
                var said = (double?)paid.Job["estimated_duration"];
                Assert.Equal(1000 - Cost(said, delivered), await BalanceAsync(rich));
                Assert.Equal(
                    Cost(said, delivered),
                    purse == Purse.Credits ? paid.Job.Number("credits_used") : CentsOf(paid.Job)
                );
            }
            else
            {
                // Whoever says more than there is may be taken for one who was cut off.
                Assert.Equal((60, "source_failed"), (announced, paid.Code));
                Assert.Equal(1000, await BalanceAsync(rich));
            }

            Assert.Contains(
                refused.Code,
                announced == 60
                    ? ["source_failed", "insufficient_credits", "insufficient_api_balance"]
                    : (string[])[purse == Purse.Credits ? "insufficient_credits" : "insufficient_api_balance"]
            );
            Assert.Equal(50, await BalanceAsync(poor));
            Assert.Null(refused.Job?["download_url"]);
        }

        await server.RunsEndedAsync();
        await server.AssertBooksBalanceAsync();
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Without_a_key_nothing_longer_than_the_limit_is_delivered(string place, int announced)
    {
        var answer = await server.Public.PostAsJsonAsync(
            "/api/v1/video/public/download",
            new { url = Address(place, announced, "public") }
        );

        if (answer.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            await answer.ReadProblemAsync(413, "too_long");
            return;
        }

        var status = (await answer.ReadOkAsync())["job"]!.Text("status_url");
        var job = await server.PublicEndOfAsync(status);
        Assert.Equal(("FAILED", "too_long"), (job.Text("status"), job["error"]!.Text("code")));
        Assert.Null(job["download_url"]);
    }

    [Fact]
    public async Task A_clip_is_paid_for_by_its_own_length_whatever_was_announced()
    {
        var client = await NewAsync(Purse.Wallet, 1000);

        var id = await client.Http.StartAsync(
            new
            {
                url = Address("vod.m3u8", 60, "clip"),
                format = "mp3",
                clip = new { start = 2, end = 5 },
            }
        );

        var job = await client.Http.CompletionOfAsync(id);
        Assert.InRange((double)job["duration"]!, 2.9, 3.1);
        Assert.Equal(1000 - 3 * Rate, await BalanceAsync(client));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(5)]
    public async Task A_recording_counts_what_was_written_and_not_what_its_playlist_says(double says)
    {
        var client = await NewAsync(Purse.Wallet, 1000);
        var id = await client.Http.StartAsync(
            new { url = server.Origin($"live/lies-{name}-{says * 10}/index.m3u8?says={says}&for=12"), max_duration = 6 }
        );

        var job = await client.Http.CompletionOfAsync(id);
        // A list that says five seconds of each is asked too seldom, and a segment may be gone by then.
        Assert.InRange((double)job["duration"]!, 4.8, 7.0);
        Assert.InRange((double)job["recorded_seconds"]!, 4.8, 7.0);
        Assert.Equal(1000 - Cost(6, (double)job["duration"]!), await BalanceAsync(client));
    }

    private static long Cost(double? announced, double delivered)
    {
        var counted =
            announced is { } said && delivered > said && delivered - said <= Math.Max(1, said / 100) ? said : delivered;
        return (long)Math.Ceiling(Math.Round(counted * Rate, 6));
    }

    private static long CentsOf(JsonNode job) => (long)Math.Round((decimal)job["cost_usd"]! * 100);

    private string Address(string place, int announced, string who) =>
        server.Origin($"says/{announced}/{place}?{who}={Guid.NewGuid():n}");

    private async Task<Outcome> RunAsync(Payer payer, string place, int announced)
    {
        var answer = await payer.Http.PostAsJsonAsync(
            JobFlow.Download,
            new { url = Address(place, announced, "paid"), playlist_items = "1" }
        );
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if (!answer.IsSuccessStatusCode)
        {
            return new Outcome(null, body.Text("code"));
        }

        var job = await payer.Http.EndOfAsync(body["job"]!.Number("id"));
        return new Outcome(job, job["error"]?.Text("code"));
    }

    private async Task<Payer> NewAsync(Purse purse, long amount)
    {
        var person = await Person.RegisterAsync(server);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await db.InWriteTransactionAsync(
            token => server.Get<Ledger>().GrantAsync(db, person.Id, purse, amount, "Test", token),
            CancellationToken.None
        );
        return new Payer(person.Id, purse == Purse.Credits ? person.Http : (await person.KeyAsync("*")).Http, purse);
    }

    private async Task<long> BalanceAsync(Payer payer)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == payer.Id);
        return payer.Purse == Purse.Credits ? account.CreditBalance : account.WalletBalance;
    }

    private sealed record Payer(long Id, HttpClient Http, Purse Purse);

    private sealed record Outcome(JsonNode? Job, string? Code);
}

public sealed class LyingLengthsOnSqlite(LyingServer<Sqlite> on)
    : LyingLengthTests(on.Server, "sqlite"),
        IClassFixture<LyingServer<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class LyingLengthsOnPostgres(LyingServer<Postgres> on)
    : LyingLengthTests(on.Server, "postgres"),
        IClassFixture<LyingServer<Postgres>>;

/// <summary>A server whose limits and prices fit media of some seconds.</summary>
public sealed class LyingServer<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>(
            "Accounts:AllowSignUp=true",
            "Billing:CreditsPerMinute=600",
            "Billing:UsdPerMinute=6",
            "Billing:NewAccountCredits=0",
            "Billing:NewAccountUsd=0",
            "Billing:UnknownDuration=00:00:02",
            "Limits:PublicMaxDuration=00:00:05"
        );

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
