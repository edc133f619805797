using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using static Decant.Server.Tests.Documents.HostedAnswers;

namespace Decant.Server.Tests.Documents;

/// <summary>The wallet's fields that the hosted service's clients send and read.</summary>
public abstract class HostedWalletTests(DecantServer server)
{
    private const string Wallet = "/api/v1/api-wallet";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_balance_has_what_was_topped_up_and_spent_and_warns_when_it_is_low()
    {
        using var rich = await server.NewClientAsync(cents: 2500);
        using var poor = await server.NewClientAsync(cents: 99);

        var balance = await (await rich.GetAsync($"{Wallet}/balance", Stop)).ReadOkAsync();

        AssertFields(
            balance,
            ("balance_cents", JsonValueKind.Number),
            ("balance_usd", JsonValueKind.String),
            ("total_topped_up_cents", JsonValueKind.Number),
            ("total_topped_up_usd", JsonValueKind.String),
            ("total_spent_cents", JsonValueKind.Number),
            ("total_spent_usd", JsonValueKind.String),
            ("low_balance_warning", JsonValueKind.False)
        );
        Assert.Equal(
            (2500, "$25.00", 0, "$0.00"),
            (
                balance.Number("total_topped_up_cents"),
                balance.Text("total_topped_up_usd"),
                balance.Number("total_spent_cents"),
                balance.Text("total_spent_usd")
            )
        );
        var low = await (await poor.GetAsync($"{Wallet}/balance", Stop)).ReadOkAsync();
        Assert.True((bool)low["low_balance_warning"]!);
    }

    [Fact]
    public async Task Usage_has_a_line_a_job_page_by_page()
    {
        using var client = await server.NewClientAsync(cents: 100);
        var first = await CompleteAsync(client, "usage-1");
        var second = await CompleteAsync(client, "usage-2");

        var usage = await (await client.GetAsync($"{Wallet}/usage?page=1&limit=1", Stop)).ReadOkAsync();
        var next = await (await client.GetAsync($"{Wallet}/usage?page=2&limit=1", Stop)).ReadOkAsync();

        Assert.Equal((2, 1, 1), (usage.Number("total"), usage.Number("page"), usage.Number("limit")));
        Assert.Equal((2, 2), (next.Number("total"), next.Number("page")));
        var log = Assert.Single(usage["logs"]!.AsArray())!;
        AssertFields(
            log,
            ("service_type", JsonValueKind.String),
            ("duration_minutes", JsonValueKind.Number),
            ("amount_cents", JsonValueKind.Number),
            ("amount_usd", JsonValueKind.String),
            ("job_id", JsonValueKind.Number),
            ("created_at", JsonValueKind.String)
        );
        Assert.Equal(
            ("media_extraction", second, 1, "$0.01"),
            (log.Text("service_type"), log.Number("job_id"), log.Number("amount_cents"), log.Text("amount_usd"))
        );
        Assert.InRange((double)log["duration_minutes"]!, 0.01, 1);
        Assert.Equal(first, Assert.Single(next["logs"]!.AsArray())!.Number("job_id"));

        await (await client.DeleteAsync($"{JobFlow.Jobs}/{second}", Stop)).ReadOkAsync();
        var kept = await (await client.GetAsync($"{Wallet}/usage", Stop)).ReadOkAsync();
        Assert.Equal([second, first], kept["logs"]!.AsArray().Select(one => one!.Number("job_id")));
        Assert.Null(kept["logs"]![0]!["duration_minutes"]);
        await (await client.GetAsync($"{Wallet}/usage?page=0", Stop)).ReadProblemAsync(400, "invalid_request");
        await (await client.GetAsync($"{Wallet}/usage?page=2&skip=1", Stop)).ReadProblemAsync(400, "invalid_request");
    }

    [Fact]
    public async Task Prices_and_estimates_by_length_need_no_credential()
    {
        await (await server.Public.GetAsync($"{Wallet}/pricing", Stop)).ReadOkAsync();
        var services = await (await server.Public.GetAsync($"{Wallet}/service-types", Stop)).ReadOkAsync();
        var service = Assert.Single(services["items"]!.AsArray())!;
        Assert.Equal(("media_extraction", 0.01m), (service.Text("service_type"), (decimal)service["rate_per_minute"]!));

        var estimate = await EstimateAsync(
            server.Public,
            new { service_type = "media_extraction", duration_seconds = 185.4 }
        );

        Assert.Equal(
            (4, "$0.04", 0.01m),
            (estimate.Number("cost_cents"), estimate.Text("cost_usd"), (decimal)estimate["rate_per_minute"]!)
        );
        Assert.Null(estimate["balance_cents"]);
        var refused = await server.Public.PostAsJsonAsync(
            $"{Wallet}/estimate",
            new { service_type = "transcription", duration_seconds = 1 },
            Stop
        );
        Assert.NotNull((await refused.ReadProblemAsync(400, "invalid_request"))["errors"]!["service_type"]);
    }

    [Fact]
    public async Task An_estimate_by_url_needs_one_and_says_what_is_wrong_with_it()
    {
        var request = new { url = server.Origin("media/small.mp4") };
        using var unknown = server.Public.BaseAddress!.WithKey("ap_no_such_key_at_all");

        await (await server.Public.PostAsJsonAsync($"{Wallet}/estimate", request, Stop)).ReadProblemAsync(
            401,
            "unauthenticated"
        );
        var problem = await (await unknown.PostAsJsonAsync($"{Wallet}/estimate", request, Stop)).ReadProblemAsync(
            401,
            "unauthenticated"
        );
        Assert.Contains("is not known here", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(185.4, 30, true)]
    [InlineData(7200, 30, false)]
    public async Task A_balance_check_says_whether_the_wallet_pays(double seconds, int cents, bool isEnough)
    {
        using var client = await server.NewClientAsync(cents);

        var answer = await client.PostAsJsonAsync(
            $"{Wallet}/check-balance",
            new { service_type = "media_extraction", duration_seconds = seconds },
            Stop
        );

        var check = await answer.ReadOkAsync();
        Assert.Equal(isEnough, (bool)check["sufficient"]!);
        Assert.Equal((isEnough ? 4 : 120, cents), (check.Number("required_cents"), check.Number("available_cents")));
    }

    [Fact]
    public async Task Top_ups_are_the_wallets_grants()
    {
        using var client = await server.NewClientAsync(cents: 700);

        var topUps = await (await client.GetAsync($"{Wallet}/topups", Stop)).ReadOkAsync();

        Assert.Equal((1, 50, 0), (topUps.Number("total"), topUps.Number("limit"), topUps.Number("skip")));
        var topUp = Assert.Single(topUps["items"]!.AsArray())!;
        Assert.Equal((700, "$7.00"), (topUp.Number("amount_cents"), topUp.Text("amount_usd")));
    }

    private async Task<long> CompleteAsync(HttpClient client, string name)
    {
        var id = await client.StartAsync(new { url = server.Origin($"media/small.mp4?{name}"), format = "m4a" });
        await client.CompletionOfAsync(id);
        return id;
    }

    private static async Task<JsonNode> EstimateAsync(HttpClient client, object request) =>
        await (await client.PostAsJsonAsync($"{Wallet}/estimate", request, Stop)).ReadOkAsync();
}

[Collection<HostedServers<Sqlite>>]
public sealed class HostedWalletOnSqlite(OpenServerOn<Sqlite> on) : HostedWalletTests(on.Server);

[Collection<HostedServers<Postgres>>]
public sealed class HostedWalletOnPostgres(OpenServerOn<Postgres> on) : HostedWalletTests(on.Server);
