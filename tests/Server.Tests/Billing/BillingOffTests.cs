using System.Net.Http.Json;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Billing;

/// <summary>A server with <c>Billing__Enabled=false</c>.</summary>
public abstract class BillingOffTests(DecantServer server)
{
    private const string Wallet = "/api/v1/api-wallet";

    [Fact]
    public async Task Somebody_with_empty_purses_downloads_and_nothing_is_priced_held_or_written_down()
    {
        var ada = await Person.RegisterAsync(server);
        var (key, _) = await ada.KeyAsync("media:read", "media:write", "account:read");
        var me = await (await key.MeAsync()).ReadOkAsync();
        Assert.Equal((0, 0), (me.Number("credits_balance"), me.Number("wallet_balance_cents")));

        foreach (var http in new[] { key, ada.Http })
        {
            var accepted = await http.DownloadAsync(
                new { url = server.Origin("media/small.mp4?free"), format = "m4a" }
            );
            var job = await http.CompletionOfAsync(accepted["job"]!.Number("id"));

            Assert.Equal((0, 0), (accepted.Number("estimated_credits"), job.Number("credits_used")));
            Assert.Null(job["billed_to"]);
            Assert.Null(job["cost_usd"]);
            Assert.Empty(await server.EntriesOfAsync(job.Number("id")));
        }
    }

    [Fact]
    public async Task A_thumbnail_a_batch_and_a_retry_cost_nothing_either()
    {
        var ada = await Person.RegisterAsync(server);
        var url = server.Origin("media/small.mp4?nothing");

        var thumbnail = await (
            await ada.Http.PostAsJsonAsync(
                "/api/v1/video/thumbnail",
                new { url = server.Origin("media/small.mp4?picture") }
            )
        ).ReadOkAsync();
        var batch = await (
            await ada.Http.PostAsJsonAsync(
                "/api/v1/video/video-download/bulk-download",
                new { downloads = new[] { new { url } } }
            )
        ).ReadOkAsync();
        var info = await (await ada.Http.PostAsJsonAsync("/api/v1/video/info", new { url })).ReadOkAsync();

        var made = await ada.Http.CompletionOfAsync(thumbnail["job"]!.Number("id"));
        Assert.Equal((0, 0), (thumbnail.Number("estimated_credits"), made.Number("credits_used")));
        Assert.Equal(0, batch.Number("estimated_credits"));
        Assert.Equal(0, info.Number("estimated_credits"));
    }

    [Fact]
    public async Task Prices_are_zero_and_every_purse_suffices()
    {
        var ada = await Person.RegisterAsync(server);

        var prices = await (await server.Public.GetAsync($"{Wallet}/pricing")).ReadOkAsync();
        var check = await (
            await ada.Http.PostAsJsonAsync($"{Wallet}/check-balance", new { duration_minutes = 600 })
        ).ReadOkAsync();
        var estimate = await (
            await server.Public.PostAsJsonAsync($"{Wallet}/estimate", new { duration = 185.4 })
        ).ReadOkAsync();
        var balance = await (await ada.Http.GetAsync($"{Wallet}/balance")).ReadOkAsync();

        Assert.Equal((0, 0), ((decimal)prices["credits_per_minute"]!, (decimal)prices["usd_per_minute"]!));
        Assert.All(prices["services"]!.AsArray(), service => Assert.Equal(0, (decimal)service!["credits"]!));
        Assert.All(prices["examples"]!.AsArray(), example => Assert.Equal(0, example!.Number("cents")));
        Assert.Equal((true, 0), ((bool)check["sufficient"]!, check.Number("required_cents")));
        Assert.Equal((0, 0), (estimate.Number("estimated_credits"), estimate.Number("cost_cents")));
        Assert.Equal((0, false), (balance.Number("balance_cents"), (bool)balance["low_balance_warning"]!));
    }
}

public sealed class FreeServerOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>("Accounts:AllowSignUp=true", "Billing:Enabled=false");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

public sealed class BillingOffOnSqlite(FreeServerOn<Sqlite> on)
    : BillingOffTests(on.Server),
        IClassFixture<FreeServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class BillingOffOnPostgres(FreeServerOn<Postgres> on)
    : BillingOffTests(on.Server),
        IClassFixture<FreeServerOn<Postgres>>;
