using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Billing;

/// <summary>A medium of which nothing says how long it is: it is held in steps as it comes (ADR 0042).</summary>
/// <param name="server">Prices a second at ten credits and at ten cents, and holds a medium of unknown length as one of two seconds at first.</param>
public abstract class GrowingHoldTests(DecantServer server)
{
    private const int Rate = 10;
    private const double Whole = 180;

    /// <summary>Bytes of 160 seconds: more than anybody here can pay, and not all.</summary>
    private const long Unaffordable = 160 * 16_000;

    /// <summary>A minute, which is the least.</summary>
    private const long Step = 60 * Rate;

    [Fact]
    public async Task A_length_that_nobody_knows_is_held_in_steps_and_ends_where_the_purse_does()
    {
        var rich = await Payer.NewAsync(server, Purse.Credits, 100_000);
        // Each bears more than half of it and not the whole.
        var poor = await Payer.NewAsync(server, Purse.Credits, 1200);
        var poorKey = await Payer.NewAsync(server, Purse.Wallet, 1200);

        await Task.WhenAll(PaysAsync(rich), EndsAsync(poor), EndsAsync(poorKey), StrangerAsync());

        await server.RunsEndedAsync();
        await server.AssertBooksBalanceAsync();
        Assert.Single(server.FilesIn("files"));
    }

    private async Task PaysAsync(Payer payer)
    {
        var id = await StartAsync(payer, server.Origin($"no-range/unsaid.mkv?rate=800000&{Guid.NewGuid():n}"));

        var job = await payer.Http.CompletionOfAsync(id);

        var delivered = (double)job["duration"]!;
        Assert.InRange(delivered, Whole - 1, Whole + 1);
        var price = (long)Math.Ceiling(Math.Round(delivered * Rate, 6));
        var moved = await payer.MovedAsync(id);
        Assert.Equal(price, moved.Charged);
        Assert.Equal(price, job.Number("credits_used"));
        Assert.Equal(payer.Amount - price, await payer.BalanceAsync());
        Assert.Equal(2 * Rate, moved.Holds[0]);
        // Several steps, each as little as is needed: never as far as the purse has it.
        Assert.InRange(moved.Holds.Count, 3, 5);
        Assert.InRange(moved.Holds.Sum(), price, price + Step);
        Assert.Equal(moved.Holds.Sum(), moved.Released);
    }

    private async Task EndsAsync(Payer payer)
    {
        var address = Held(rate: 300_000);
        var id = await StartAsync(payer, address);

        var job = await payer.Http.EndOfAsync(id);

        Assert.Equal(("FAILED", payer.Shortage), (job.Text("status"), job["error"]!.Text("code")));
        Assert.Null(job["download_url"]);
        var moved = await payer.MovedAsync(id);
        Assert.Equal(0, moved.Charged);
        Assert.True(moved.Holds.Count >= 3, string.Join(' ', moved.Holds));
        // The second step is too large for the purse, which is then held as far as the medium has come, again and again.
        Assert.InRange(moved.Holds.Sum(), payer.Amount - Step, payer.Amount);
        Assert.Equal(moved.Holds.Sum(), moved.Released);
        Assert.Equal(payer.Amount, await payer.BalanceAsync());
        await AssertStoppedAsync(address);
    }

    /// <summary>Without a key a minute is the limit here.</summary>
    private async Task StrangerAsync()
    {
        var address = Held(rate: 200_000);
        var answer = await server.Public.PostAsJsonAsync(
            "/api/v1/video/public/download",
            new { url = address, format = "wav" }
        );
        var job = await server.PublicEndOfAsync((await answer.ReadOkAsync())["job"]!.Text("status_url"));

        Assert.Equal(("FAILED", "too_long"), (job.Text("status"), job["error"]!.Text("code")));
        await AssertStoppedAsync(address);
    }

    private static async Task<long> StartAsync(Payer payer, string address)
    {
        var accepted = await payer.Http.DownloadAsync(new { url = address, format = "m4a" });
        Assert.Null((double?)accepted["job"]!["estimated_duration"]);
        return accepted["job"]!.Number("id");
    }

    /// <summary>Without ranges, so on one connection; its end never comes.</summary>
    /// <param name="rate">Bytes a second, of which a second of the sound has 16,000.</param>
    private string Held(int rate) =>
        $"{new HeldFiles(server.Lab).Hold("unsaid", "/no-range/unsaid.mkv", Unaffordable)}?rate={rate}";

    private async Task AssertStoppedAsync(string address)
    {
        var file = await server.Lab.Media.GetAsync("unsaid.mkv", TestContext.Current.CancellationToken);
        // The look-up reads some of it before.
        var fetched = server.Lab.Requests.All.Last(one => one.Url.PathAndQuery == new Uri(address).PathAndQuery);
        // The rest would come for minutes.
        await fetched.Ended.WaitAsync(Quiet.Patience);
        Assert.InRange(fetched.BytesSent, 1, file.Length - 1);
    }
}

public sealed class GrowingHoldsOnSqlite(GrowingServer<Sqlite> on)
    : GrowingHoldTests(on.Server),
        IClassFixture<GrowingServer<Sqlite>>;

public sealed class GrowingHoldsOnPostgres(GrowingServer<Postgres> on)
    : GrowingHoldTests(on.Server),
        IClassFixture<GrowingServer<Postgres>>;

public sealed class GrowingServer<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>([
            .. SmallPrices.Settings,
            "Limits:PublicMaxDuration=00:01:00",
        ]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
