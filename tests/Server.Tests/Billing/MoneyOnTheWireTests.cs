using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Billing;

public abstract class MoneyOnTheWireTests(DecantServer server)
{
    private const string Wallet = "/api/v1/api-wallet";
    private const string Credits = "/api/v1/credits";

    [Fact]
    public async Task A_balance_is_shown_in_cents_and_dollars_with_what_is_held_beside_it()
    {
        using var client = await server.NewClientAsync(cents: 2500);
        AssertMoney(await GetAsync(client, $"{Wallet}/balance"), ("balance", 2500, "$25.00"), ("held", 0, "$0.00"));

        var id = await client.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?held") });
        AssertMoney(await GetAsync(client, $"{Wallet}/balance"), ("balance", 2499, "$24.99"), ("held", 1, "$0.01"));

        await client.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null);
        AssertMoney(
            await GetAsync(client, $"{Wallet}/balance"),
            ("balance", 2500, "$25.00"),
            ("held", 0, "$0.00"),
            ("total_granted", 2500, "$25.00"),
            ("total_used", 0, "$0.00")
        );
    }

    [Fact]
    public async Task A_history_tells_each_movement_with_the_balance_after_it_newest_first()
    {
        using var client = await server.NewClientAsync(cents: 10);
        var id = await client.StartAsync(new { url = server.Origin("media/small.mp4?history"), format = "m4a" });
        await client.CompletionOfAsync(id);

        var usage = await GetAsync(client, $"{Wallet}/usage");

        Assert.Equal((4, 50, 0), (usage.Number("total"), usage.Number("limit"), usage.Number("skip")));
        Assert.Equal(
            ["charge -1 9", "release 1 10", "hold -1 9", "grant 10 10"],
            Items(usage)
                .Select(entry =>
                    $"{entry.Text("type")} {entry.Number("amount_cents")} {entry.Number("balance_after_cents")}"
                )
        );
        Assert.All(Items(usage).Take(3), entry => Assert.Equal(id, entry.Number("job_id")));
        Assert.Equal(
            ("-$0.01", "$0.09"),
            (Items(usage)[0].Text("amount_usd"), Items(usage)[0].Text("balance_after_usd"))
        );
        Assert.Equal("Test", Items(usage)[3].Text("note"));
        Assert.EndsWith("Z", Items(usage)[0].Text("created_at"));

        var charges = await GetAsync(client, $"{Wallet}/usage?type=CHARGE&job_id={id}");
        Assert.Equal((1, 9), (charges.Number("total"), Items(charges)[0].Number("balance_after_cents")));
        var sparse = await GetAsync(client, $"{Wallet}/usage?skip=1&limit=2");
        Assert.Equal([10, 9], Items(sparse).Select(entry => entry.Number("balance_after_cents")));
        Assert.Equal(0, (await GetAsync(client, $"{Wallet}/usage?created_before=2020-01-01")).Number("total"));
        Assert.Equal(4, (await GetAsync(client, $"{Wallet}/usage?created_after=2020-01-01T00:00:00Z")).Number("total"));
    }

    [Fact]
    public async Task Statistics_count_what_was_granted_and_used_by_day_and_month()
    {
        using var client = await server.NewClientAsync(cents: 10);
        await client.CompletionOfAsync(
            await client.StartAsync(new { url = server.Origin("media/small.mp4?statistics"), format = "m4a" })
        );

        var days = await GetAsync(client, $"{Wallet}/usage/statistics");
        var months = await GetAsync(client, $"{Wallet}/usage/statistics?by=month");

        Assert.Equal(("day", "month"), (days.Text("by"), months.Text("by")));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Items(days)[0].Text("period"));
        Assert.Matches(@"^\d{4}-\d\d$", Items(months)[0].Text("period"));
        // A midnight may come between.
        Assert.Equal(10, Items(days).Sum(day => day.Number("granted_cents")));
        Assert.Equal((1, 1), (Items(days)[0].Number("used_cents"), Items(days)[0].Number("jobs")));
        Assert.Equal("$0.01", Items(months)[0].Text("used_usd"));
    }

    [Fact]
    public async Task Credits_have_the_same_in_credits()
    {
        var balance = await GetAsync(server.Http, $"{Credits}/balance");
        Assert.Equal(
            (10_000, 0, 10_000, 0),
            (
                balance.Number("balance_credits"),
                balance.Number("held_credits"),
                balance.Number("total_granted_credits"),
                balance.Number("total_used_credits")
            )
        );

        var entry = Assert.Single(Items(await GetAsync(server.Http, $"{Credits}/usage")));
        Assert.Equal(
            ("grant", 10_000, 10_000),
            (entry.Text("type"), entry.Number("amount"), entry.Number("balance_after"))
        );
        Assert.Null(entry["job_id"]);

        var day = Assert.Single(Items(await GetAsync(server.Http, $"{Credits}/usage/statistics")));
        Assert.Equal((10_000, 0), (day.Number("granted_credits"), day.Number("used_credits")));
    }

    [Theory]
    [InlineData("duration", 185.4, 102, 4)]
    [InlineData("duration_minutes", 30, 990, 30)]
    [InlineData("duration_minutes", 120, 3960, 120)]
    [InlineData("duration", 0, 0, 0)]
    public async Task An_estimate_by_length_is_the_documents_price(string field, double value, int credits, int cents)
    {
        using var client = await server.NewClientAsync(cents: 30);

        var estimate = await EstimateAsync(client, new Dictionary<string, object> { [field] = value });

        Assert.Equal((credits, cents), (estimate.Number("estimated_credits"), estimate.Number("estimated_cents")));
        Assert.Equal(cents <= 30, (bool)estimate["sufficient"]!);
        Assert.Equal("$0.30", estimate.Text("balance_usd"));
    }

    [Fact]
    public async Task An_estimate_by_url_is_what_the_download_then_costs()
    {
        using var client = await server.NewClientAsync();
        var url = server.Origin("media/small.mp4?estimate");

        var estimate = await EstimateAsync(client, new { url });
        var download = await client.DownloadAsync(new { url, format = "m4a" });

        Assert.Equal(download.Number("estimated_credits"), estimate.Number("estimated_credits"));
        Assert.Equal((double)download["job"]!["estimated_duration"]!, (double)estimate["duration"]!);
    }

    [Fact]
    public async Task The_price_list_has_the_documents_table()
    {
        var prices = await GetAsync(server.Http, $"{Wallet}/pricing");

        Assert.Equal((33m, 0.01m), ((decimal)prices["credits_per_minute"]!, (decimal)prices["usd_per_minute"]!));
        Assert.Equal(
            ["5 165 $0.05", "10 330 $0.10", "30 990 $0.30", "120 3960 $1.20"],
            prices["examples"]!
                .AsArray()
                .Select(one => $"{one!.Number("duration_minutes")} {one!.Number("credits")} {one!.Text("usd")}")
        );
    }

    [Theory]
    [InlineData("usage?limit=0", "limit")]
    [InlineData("usage?limit=201", "limit")]
    [InlineData("usage?skip=-1", "skip")]
    [InlineData("usage?skip=99999999999999999999", "skip")]
    [InlineData("usage?type=gift", "type")]
    [InlineData("usage?job_id=x", "job_id")]
    [InlineData("usage?created_after=yesterday", "created_after")]
    [InlineData("usage/statistics?by=week", "by")]
    [InlineData("usage/statistics?created_after=2000-01-01", "created_after")]
    [InlineData("usage/statistics?created_before=0001-01-01&created_after=9999-12-31", "created_after")]
    public async Task A_query_that_means_nothing_is_refused_by_name(string query, string field)
    {
        foreach (var purse in (string[])[Wallet, Credits])
        {
            var answer = await server.Http.GetAsync($"{purse}/{query}");

            Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]![field]);
        }
    }

    [Theory]
    [InlineData("{}", "url")]
    [InlineData("""{"url": "https://example.org/", "duration": 1}""", "url")]
    [InlineData("""{"duration": -1}""", "duration")]
    [InlineData("""{"duration": 1e300}""", "duration")]
    [InlineData("""{"duration_minutes": 525601}""", "duration_minutes")]
    public async Task An_estimate_of_nothing_is_refused_by_name(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await server.Http.PostAsync($"{Wallet}/estimate", content);

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]![field]);
    }

    [Theory]
    [InlineData("balance")]
    [InlineData("usage")]
    [InlineData("usage/statistics")]
    public async Task Nobody_sees_anything_without_a_credential(string path)
    {
        await (await server.Public.GetAsync($"{Wallet}/{path}")).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.GetAsync($"{Credits}/{path}")).ReadProblemAsync(401, "unauthenticated");
    }

    private static void AssertMoney(JsonNode balance, params (string Name, long Cents, string Usd)[] amounts) =>
        Assert.All(
            amounts,
            amount =>
                Assert.Equal(
                    (amount.Cents, amount.Usd),
                    (balance.Number($"{amount.Name}_cents"), balance.Text($"{amount.Name}_usd"))
                )
        );

    private static async Task<JsonNode> EstimateAsync(HttpClient client, object request) =>
        await (await client.PostAsJsonAsync($"{Wallet}/estimate", request)).ReadOkAsync();

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) =>
        await (await client.GetAsync(path)).ReadOkAsync();

    private static IReadOnlyList<JsonNode> Items(JsonNode page) => [.. page["items"]!.AsArray().Select(one => one!)];
}

public sealed class MoneyOnTheWireOnSqlite(ServerOn<Sqlite> on)
    : MoneyOnTheWireTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class MoneyOnTheWireOnPostgres(ServerOn<Postgres> on)
    : MoneyOnTheWireTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
