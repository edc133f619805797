using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Documents;

/// <summary>The fields that the hosted service's clients send and read around the documents' calls: keys, wallet, webhooks, health.</summary>
public abstract class HostedClientTests(DecantServer server)
{
    private const string Wallet = "/api/v1/api-wallet";
    private const string Auth = "/api/v1/auth";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_answers_the_user_and_a_pair_of_tokens()
    {
        var person = await Person.RegisterAsync(server);

        var answer = await (await server.Public.SignInAsync(person.Email, person.Password)).ReadOkAsync();

        AssertFields(
            answer,
            ("user", JsonValueKind.Object),
            ("access_token", JsonValueKind.String),
            ("refresh_token", JsonValueKind.String),
            ("token_type", JsonValueKind.String),
            ("expires_in", JsonValueKind.Number)
        );
        Assert.Equal("bearer", answer.Text("token_type"));
        var refreshed = await (await server.Public.RefreshAsync(answer.Text("refresh_token"))).ReadOkAsync();
        AssertFields(refreshed, ("access_token", JsonValueKind.String), ("refresh_token", JsonValueKind.String));
    }

    [Fact]
    public async Task The_account_says_whether_it_is_verified_and_when_it_was_last_changed()
    {
        var person = await Person.RegisterAsync(server);

        var made = await (await person.Http.MeAsync()).ReadOkAsync();
        AssertFields(
            made,
            ("id", JsonValueKind.Number),
            ("email", JsonValueKind.String),
            ("full_name", JsonValueKind.String),
            ("is_active", JsonValueKind.True),
            ("is_verified", JsonValueKind.True),
            ("created_at", JsonValueKind.String),
            ("updated_at", JsonValueKind.String)
        );
        Assert.Equal(made.Text("created_at"), made.Text("updated_at"));

        var changed = await (
            await person.Http.PatchAsJsonAsync($"{Auth}/me", new { full_name = "Ada King" }, Stop)
        ).ReadOkAsync();
        Assert.True((DateTimeOffset)changed["updated_at"]! >= (DateTimeOffset)made["created_at"]!);
        Assert.Equal("Ada King", changed.Text("full_name"));
    }

    [Fact]
    public async Task A_new_key_comes_as_api_key_and_is_never_listed()
    {
        var person = await Person.RegisterAsync(server);

        var key = await (
            await person.Http.PostAsJsonAsync(
                $"{Auth}/api-keys",
                new
                {
                    name = "Hosted client",
                    scopes = (string[])["media:read"],
                    expires_in_days = 30,
                },
                Stop
            )
        ).ReadOkAsync();

        AssertFields(
            key,
            ("id", JsonValueKind.Number),
            ("name", JsonValueKind.String),
            ("prefix", JsonValueKind.String),
            ("expires_at", JsonValueKind.String),
            ("api_key", JsonValueKind.String)
        );
        Assert.Equal(key.Text("key"), key.Text("api_key"));
        using var client = server.Public.BaseAddress!.WithKey(key.Text("api_key"));
        Assert.Equal(200, (int)(await client.GetAsync(JobFlow.Jobs, Stop)).StatusCode);
        var listed = await (await person.Http.GetAsync($"{Auth}/api-keys", Stop)).ReadOkAsync();
        Assert.DoesNotContain("api_key", listed.ToJsonString(), StringComparison.Ordinal);
    }

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

    [Fact]
    public async Task Endpoints_of_webhooks_are_active_by_that_name_too()
    {
        using var client = await server.NewClientAsync();
        const string endpoints = "/api/v1/webhooks/endpoints";

        var made = await (
            await client.PostAsJsonAsync(endpoints, new { url = "https://127.0.0.1/hook", active = false }, Stop)
        ).ReadOkAsync();
        var changed = await (
            await client.PatchAsJsonAsync($"{endpoints}/{made.Number("id")}", new { active = true }, Stop)
        ).ReadOkAsync();

        Assert.Equal((false, false), ((bool)made["active"]!, (bool)made["enabled"]!));
        Assert.Equal((true, true), ((bool)changed["active"]!, (bool)changed["enabled"]!));
        var refused = await client.PatchAsJsonAsync(
            $"{endpoints}/{made.Number("id")}",
            new { active = true, enabled = false },
            Stop
        );
        Assert.NotNull((await refused.ReadProblemAsync(400, "invalid_request"))["errors"]!["active"]);
    }

    [Fact]
    public async Task Health_answers_under_the_api_as_well()
    {
        var health = await (await server.Public.GetAsync("/api/v1/health", Stop)).ReadOkAsync();

        Assert.Equal("ok", health.Text("status"));
    }

    [Fact]
    public async Task Soundcloud_goes_by_its_own_name_everywhere()
    {
        using var client = await server.NewClientAsync();
        const string url = "https://soundcloud.com/decantlab/track-42";

        var info = await (await client.PostAsJsonAsync("/api/v1/video/info", new { url }, Stop)).ReadOkAsync();
        var id = await client.StartAsync(new { url, format = "mp3" });
        await client.CompletionOfAsync(id);

        Assert.Equal("soundcloud", info.Text("platform"));
        var listed = await (await client.GetAsync($"{JobFlow.Jobs}?platform=soundcloud", Stop)).ReadOkAsync();
        Assert.Equal(id, Assert.Single(listed["items"]!.AsArray())!.Number("id"));
        var stats = await (await client.GetAsync("/api/v1/video/video-download/stats", Stop)).ReadOkAsync();
        Assert.Equal(1, stats["downloads_by_platform"]!.Number("soundcloud"));
        var formats = await (await client.GetAsync("/api/v1/video/video-download/formats", Stop)).ReadOkAsync();
        Assert.Contains("soundcloud", formats["supported_platforms"]!.AsArray().Select(one => (string?)one));
    }

    private async Task<long> CompleteAsync(HttpClient client, string name)
    {
        var id = await client.StartAsync(new { url = server.Origin($"media/small.mp4?{name}"), format = "m4a" });
        await client.CompletionOfAsync(id);
        return id;
    }

    private static async Task<JsonNode> EstimateAsync(HttpClient client, object request) =>
        await (await client.PostAsJsonAsync($"{Wallet}/estimate", request, Stop)).ReadOkAsync();

    private static void AssertFields(JsonNode answer, params (string Name, JsonValueKind Kind)[] fields) =>
        Assert.All(fields, field => Assert.Equal(field.Kind, answer[field.Name]?.GetValueKind()));
}

public sealed class HostedClientOnSqlite(OpenServerOn<Sqlite> on)
    : HostedClientTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class HostedClientOnPostgres(OpenServerOn<Postgres> on)
    : HostedClientTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
