using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using static Decant.Server.Tests.Documents.HostedAnswers;

namespace Decant.Server.Tests.Documents;

/// <summary>The fields that the hosted service's clients send and read around the documents' calls: keys, webhooks, health.</summary>
public abstract class HostedClientTests(DecantServer server)
{
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
}

[Collection<HostedServers<Sqlite>>]
public sealed class HostedClientOnSqlite(OpenServerOn<Sqlite> on) : HostedClientTests(on.Server);

[Collection<HostedServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class HostedClientOnPostgres(OpenServerOn<Postgres> on) : HostedClientTests(on.Server);
