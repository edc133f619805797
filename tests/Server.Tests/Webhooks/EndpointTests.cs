using System.Net;
using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Webhooks;

public abstract class EndpointTests(DecantServer server) : HookTests(server)
{
    [Theory]
    [InlineData("""{"url": "http://example.com/hook"}""", 400, "invalid_request", "url")]
    [InlineData("""{"url": "ftp://example.com/hook"}""", 400, "invalid_request", "url")]
    [InlineData("""{"url": "hook"}""", 400, "invalid_request", "url")]
    [InlineData("""{}""", 400, "invalid_request", "url")]
    [InlineData("""{"url": "https://user:word@example.com/"}""", 400, "invalid_request", "url")]
    [InlineData("""{"url": "https://10.0.0.1/hook"}""", 403, "blocked_address", null)]
    [InlineData("""{"url": "https://169.254.169.254/latest"}""", 403, "blocked_address", null)]
    [InlineData("""{"url": "https://example.com:22/"}""", 403, "blocked_address", null)]
    [InlineData("""{"url": "https://example.com/", "events": []}""", 400, "invalid_request", "events")]
    [InlineData("""{"url": "https://example.com/", "events": ["job.eaten"]}""", 400, "invalid_request", "events")]
    [InlineData("""{"url": "https://example.com/", "events": [null]}""", 400, "invalid_request", "events")]
    [InlineData("""{"url": "https://example.com/", "secret": "short"}""", 400, "invalid_request", "secret")]
    public async Task What_cannot_be_told_is_refused_and_not_kept(string body, int status, string code, string? field)
    {
        var problem = await (
            await Http.PostAsync(Hooks.Endpoints, new StringContent(body, null, "application/json"))
        ).ReadProblemAsync(status, code);

        Assert.True(field is null || problem["errors"]![field] is not null, problem.ToJsonString());
        Assert.Equal(0, (await (await Http.GetAsync(Hooks.Endpoints)).ReadOkAsync()).Number("total"));
    }

    [Fact]
    public async Task An_account_has_no_more_endpoints_than_it_may()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Http.PostAsJsonAsync(Hooks.Endpoints, new { url = Receiver.Url }))
        );

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal(3, (await refused.ReadProblemAsync(409, "wrong_state")).Number("max_endpoints"));
    }

    [Fact]
    public async Task An_endpoint_can_be_changed_switched_off_and_removed()
    {
        var id = (await Http.AddEndpointAsync(Receiver.Url)).Number("id");

        var changed = await (
            await Http.PatchAsJsonAsync(
                $"{Hooks.Endpoints}/{id}",
                new
                {
                    events = new[] { "job.failed" },
                    description = "Mine",
                    enabled = false,
                }
            )
        ).ReadOkAsync();

        Assert.Equal(("Mine", false), (changed.Text("description"), (bool)changed["enabled"]!));
        Assert.Equal("job.failed", (string?)changed["events"]!.AsArray().Single());
        Assert.Equal(Receiver.Url, changed.Text("url"));
        await (await Http.DeleteAsync($"{Hooks.Endpoints}/{id}")).ReadOkAsync();
        await (await Http.GetAsync($"{Hooks.Endpoints}/{id}")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Another_accounts_webhooks_are_not_there()
    {
        var id = (await Http.AddEndpointAsync(Receiver.Url)).Number("id");
        var delivery = (await (await Http.PostAsync($"{Hooks.Endpoints}/{id}/test", null)).ReadOkAsync()).Number("id");
        using var stranger = await Server.NewClientAsync();
        var one = $"{Hooks.Endpoints}/{id}";

        HttpResponseMessage[] answers =
        [
            await stranger.GetAsync(one),
            await stranger.PatchAsJsonAsync(one, new { enabled = false }),
            await stranger.DeleteAsync(one),
            await stranger.PostAsync($"{one}/test", null),
            await stranger.PostAsJsonAsync($"{one}/rotate-secret", new { }),
            await stranger.GetAsync($"{one}/deliveries"),
            await stranger.PostAsync($"{Hooks.Deliveries}/{delivery}/redeliver", null),
        ];

        foreach (var answer in answers)
        {
            await answer.ReadProblemAsync(404, "not_found");
        }

        Assert.Equal(0, (await (await stranger.GetAsync(Hooks.Deliveries)).ReadOkAsync()).Number("total"));
        Assert.True((bool)(await Http.EndpointAsync(id))["enabled"]!);
    }
}

[Collection<HookServers<Sqlite>>]
public sealed class EndpointsOnSqlite(HookServer<Sqlite> on) : EndpointTests(on.Server);

[Collection<HookServers<Postgres>>]
public sealed class EndpointsOnPostgres(HookServer<Postgres> on) : EndpointTests(on.Server);
