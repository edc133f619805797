using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Webhooks;

public abstract class WebhookTests(DecantServer server) : IAsyncLifetime
{
    private readonly DecantServer _server = server;
    private HttpClient _http = null!;
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _http = await _server.NewClientAsync();
        _receiver = await Receiver.StartAsync(_server.Lab);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_completed_job_is_told_signed_and_whole()
    {
        var endpoint = await _http.AddEndpointAsync(_receiver.Url);

        var id = await CompleteJobAsync("told");

        var told = await _receiver.NextAsync();
        var body = told.Json;
        Assert.True(told.IsSignedWith(endpoint.Text("secret")));
        Assert.Equal("job.completed", told.Headers["X-AudioPod-Event"]);
        Assert.Equal(("job.completed", told.EventId), (body.Text("event_type"), body.Text("event_id")));
        Assert.Equal(
            (id, "media_extraction", "completed"),
            (body.Number("job_id"), body.Text("job_type"), body.Text("status"))
        );
        Assert.True(body.AsObject().ContainsKey("error_message") && body.AsObject().ContainsKey("failure_reason"));
        Assert.Equal("COMPLETED", body["job"]!.Text("status"));
        Assert.Equal(id, body["job"]!.Number("id"));
        Assert.StartsWith(
            $"https://media.example.org/download/video_{id}.m4a?",
            body["job"]!.Text("download_url"),
            StringComparison.Ordinal
        );
        var delivery = await _http.DeliveryWhenAsync(endpoint.Number("id"), one => one.Text("status") == "delivered");
        Assert.Equal(
            (1, 204, id),
            (delivery.Number("attempt_count"), delivery.Number("response_status"), delivery.Number("job_id"))
        );
        Assert.Null(delivery["next_attempt_at"]);
        Assert.InRange((double)delivery["response_time"]!, 0, 10);
    }

    [Fact]
    public async Task A_failed_and_a_cancelled_job_are_told_to_those_who_asked()
    {
        await _http.AddEndpointAsync(_receiver.Url, "job.cancelled", "job.failed");
        await CompleteJobAsync("nobody asked");
        var id = await _http.StartAsync(new { url = _server.Origin("paced/100000/0/media/small.mp4?hook") });

        await (await _http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        var told = await _receiver.NextAsync();
        Assert.Equal(("job.cancelled", id), (told.Json.Text("event_type"), told.Json.Number("job_id")));
        Assert.Equal(("cancelled", "CANCELLED"), (told.Json.Text("status"), told.Json["job"]!.Text("status")));
        Assert.Equal(1, _receiver.Count);
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_event_id_with_a_fresh_signature()
    {
        _receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number < 3 ? 500 : 200;
            return context.Response.WriteAsync($"answer {number}\0");
        };
        var endpoint = await _http.AddEndpointAsync(_receiver.Url);

        await CompleteJobAsync("again");

        var first = await _receiver.NextAsync();
        await _receiver.NextAsync();
        var third = await _receiver.NextAsync();
        Assert.Equal((first.EventId, first.Body), (third.EventId, third.Body));
        Assert.True(third.IsSignedWith(endpoint.Text("secret")));
        var delivery = await _http.DeliveryWhenAsync(endpoint.Number("id"), one => one.Text("status") == "delivered");
        Assert.Equal((3, "answer 3\uFFFD"), (delivery.Number("attempt_count"), delivery.Text("response_body")));
        var attempts = delivery["attempts"]!.AsArray().Select(one => one!).ToList();
        Assert.Equal([500, 500, 200], attempts.Select(one => one.Number("response_status")));
        Assert.Equal([true, true, false], attempts.Select(one => one["error"] is not null));
        Assert.All(attempts, one => Assert.InRange(one.Number("duration_ms"), 0, 10_000));
        Assert.Equal(attempts.Select(When).Order(), attempts.Select(When));
        Assert.Equal(When(attempts[2]), (DateTimeOffset)delivery["last_attempt_at"]!);
        Assert.Null((await EndpointAsync(endpoint.Number("id")))["failing_since"]);

        static DateTimeOffset When(JsonNode attempt) => (DateTimeOffset)attempt["at"]!;
    }

    [Fact]
    public async Task What_fails_five_times_is_laid_aside_and_can_be_sent_again()
    {
        _receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number <= 5 ? 503 : 200;
            return Task.CompletedTask;
        };
        var endpoint = (await _http.AddEndpointAsync(_receiver.Url)).Number("id");
        await CompleteJobAsync("aside");

        var dead = await _http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "dead_letter");

        Assert.Equal((5, 503), (dead.Number("attempt_count"), dead.Number("response_status")));
        Assert.Contains("503", dead.Text("error"), StringComparison.Ordinal);
        Assert.NotNull((await EndpointAsync(endpoint))["failing_since"]);
        Assert.Equal(5, _receiver.Count);
        await (await _http.PostAsync($"{Hooks.Deliveries}/{dead.Number("id")}/redeliver", null)).ReadOkAsync();
        var sent = await _http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "delivered");
        Assert.Equal((dead.Text("event_id"), 1), (sent.Text("event_id"), sent.Number("attempt_count")));
        Assert.Equal(
            [503, 503, 503, 503, 503, 200],
            sent["attempts"]!.AsArray().Select(one => one!.Number("response_status"))
        );
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Redirects_are_not_followed(int status)
    {
        _receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        var endpoint = (await _http.AddEndpointAsync(_receiver.Url)).Number("id");

        var answer = await (await _http.PostAsync($"{Hooks.Endpoints}/{endpoint}/test", null)).ReadOkAsync();

        Assert.Equal(("dead_letter", status), (answer.Text("status"), answer.Number("response_status")));
        Assert.Contains("redirects are not followed", answer.Text("error"), StringComparison.Ordinal);
        Assert.Equal(1, _receiver.Count);
    }

    [Fact]
    public async Task A_test_answers_with_what_came_of_it()
    {
        var endpoint = await _http.AddEndpointAsync(_receiver.Url, "job.failed");

        var answer = await (
            await _http.PostAsync($"{Hooks.Endpoints}/{endpoint.Number("id")}/test", null)
        ).ReadOkAsync();

        var told = await _receiver.NextAsync();
        Assert.Equal(("delivered", 204), (answer.Text("status"), answer.Number("response_status")));
        Assert.Equal(("webhook.test", answer.Text("event_id")), (told.Json.Text("event_type"), told.EventId));
        Assert.True(told.IsSignedWith(endpoint.Text("secret")));
    }

    [Fact]
    public async Task A_rotated_secret_and_the_one_before_both_sign_by_the_standard_until_the_old_one_expires()
    {
        var endpoint = await _http.AddEndpointAsync(_receiver.Url);
        var (id, old) = (endpoint.Number("id"), endpoint.Text("secret"));

        var rotated = (await (await RotateAsync(id, new { overlap = 3600 })).ReadOkAsync()).Text("secret");
        await _http.PostAsync($"{Hooks.Endpoints}/{id}/test", null);
        var both = await _receiver.NextAsync();
        var latest = (await (await RotateAsync(id, new { overlap = 0 })).ReadOkAsync()).Text("secret");
        await _http.PostAsync($"{Hooks.Endpoints}/{id}/test", null);
        var one = await _receiver.NextAsync();

        // The hosted service's verifiers read one signature.
        Assert.Equal(both.SignatureWith(rotated), both.Headers["X-AudioPod-Signature"]);
        Assert.Equal(
            $"{both.StandardSignatureWith(rotated)} {both.StandardSignatureWith(old)}",
            both.Headers["webhook-signature"]
        );
        Assert.Equal(one.SignatureWith(latest), one.Headers["X-AudioPod-Signature"]);
        Assert.Equal(one.StandardSignatureWith(latest), one.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task A_failed_job_says_why_in_the_hosted_services_words()
    {
        await _http.AddEndpointAsync(_receiver.Url);

        var id = await _http.StartAsync(new { url = _server.Origin("truncated/small.mp4?hook"), format = "m4a" });

        var told = (await _receiver.NextAsync()).Json;
        Assert.Equal(
            ("job.failed", id, "failed"),
            (told.Text("event_type"), told.Number("job_id"), told.Text("status"))
        );
        Assert.Equal(told["job"]!["error"]!.Text("message"), told.Text("error_message"));
        Assert.Equal(told["job"]!["error"]!.Text("code"), told.Text("failure_reason"));
    }

    [Fact]
    public async Task A_secret_that_claims_to_be_base64_and_is_not_is_refused()
    {
        var answer = await _http.PostAsJsonAsync(
            Hooks.Endpoints,
            new { url = _receiver.Url, secret = "whsec_this-is-not-base64" }
        );

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["secret"]);
    }

    [Fact]
    public async Task Secrets_are_shown_once_and_lie_encrypted()
    {
        var endpoint = await _http.AddEndpointAsync(_receiver.Url);

        var list = await (await _http.GetAsync(Hooks.Endpoints)).ReadOkAsync();

        Assert.Null(list["items"]![0]!["secret"]);
        await using var db = await _server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var stored = await db.WebhookEndpoints.SingleAsync(one => one.Id == endpoint.Number("id"));
        Assert.DoesNotContain(endpoint.Text("secret"), stored.Secret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_can_name_a_receiver_of_its_own()
    {
        var id = await _http.StartAsync(
            new
            {
                url = _server.Origin("media/small.mp4?own"),
                format = "m4a",
                webhook_url = _receiver.Url,
                webhook_secret = "sixteen_or_more_characters",
            }
        );

        var told = await _receiver.NextAsync();

        Assert.Equal(id, told.Json.Number("job_id"));
        Assert.True(told.IsSignedWith("sixteen_or_more_characters"));
        await _http.CompletionOfAsync(id);
        var log = await (await _http.GetAsync($"{Hooks.Deliveries}?job_id={id}")).ReadOkAsync();
        Assert.Equal(told.EventId, log["items"]!.AsArray().Single()!.Text("event_id"));
    }

    [Fact]
    public async Task A_batch_tells_its_receiver_of_each_job()
    {
        var answer = await (
            await _http.PostAsJsonAsync(
                "/api/v1/video/bulk-download",
                new
                {
                    downloads = Enumerable
                        .Range(0, 2)
                        .Select(index => new { url = _server.Origin($"media/small.mp4?batch{index}"), format = "m4a" }),
                    webhook_url = _receiver.Url,
                }
            )
        ).ReadOkAsync();

        Received[] told = [await _receiver.NextAsync(), await _receiver.NextAsync()];

        Assert.Equal(
            answer["jobs"]!.AsArray().Select(job => job!.Number("id")).Order(),
            told.Select(one => one.Json.Number("job_id")).Order()
        );
        Assert.All(told, one => Assert.False(one.Headers.ContainsKey("X-AudioPod-Signature")));
    }

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
            await _http.PostAsync(Hooks.Endpoints, new StringContent(body, null, "application/json"))
        ).ReadProblemAsync(status, code);

        Assert.True(field is null || problem["errors"]![field] is not null, problem.ToJsonString());
        Assert.Equal(0, (await (await _http.GetAsync(Hooks.Endpoints)).ReadOkAsync()).Number("total"));
    }

    [Theory]
    [InlineData("http://example.com/hook", 400, "invalid_request")]
    [InlineData("https://192.168.0.1/hook", 403, "blocked_address")]
    public async Task A_download_whose_receiver_may_not_be_reached_is_refused(string webhook, int status, string code)
    {
        var answer = await _http.PostAsJsonAsync(
            JobFlow.Download,
            new { url = _server.Origin("media/small.mp4?refused"), webhook_url = webhook }
        );

        await answer.ReadProblemAsync(status, code);
        Assert.Equal(0, (await (await _http.GetAsync(JobFlow.Jobs)).ReadOkAsync()).Number("total"));
    }

    [Fact]
    public async Task Without_a_key_there_is_no_webhook()
    {
        var answer = await _server.Public.PostAsJsonAsync(
            "/api/v1/video/public/download",
            new { url = _server.Origin("media/small.mp4?public"), webhook_url = _receiver.Url }
        );

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["webhook_url"]);
    }

    [Theory]
    [InlineData("https://10.0.0.1/hook", "special address")]
    [InlineData("http://example.com/hook", "not an https address")]
    public async Task An_address_that_may_no_longer_be_reached_is_not_reached(string url, string reason)
    {
        var endpoint = (await _http.AddEndpointAsync(_receiver.Url)).Number("id");
        await using (var db = await _server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .WebhookEndpoints.Where(one => one.Id == endpoint)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Url, url));
        }

        var answer = await (await _http.PostAsync($"{Hooks.Endpoints}/{endpoint}/test", null)).ReadOkAsync();

        Assert.Equal("dead_letter", answer.Text("status"));
        Assert.Contains(reason, answer.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_has_no_more_endpoints_than_it_may()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => _http.PostAsJsonAsync(Hooks.Endpoints, new { url = _receiver.Url }))
        );

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal(3, (await refused.ReadProblemAsync(409, "wrong_state")).Number("max_endpoints"));
    }

    [Fact]
    public async Task An_endpoint_can_be_changed_switched_off_and_removed()
    {
        var id = (await _http.AddEndpointAsync(_receiver.Url)).Number("id");

        var changed = await (
            await _http.PatchAsJsonAsync(
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
        Assert.Equal(_receiver.Url, changed.Text("url"));
        await (await _http.DeleteAsync($"{Hooks.Endpoints}/{id}")).ReadOkAsync();
        await (await _http.GetAsync($"{Hooks.Endpoints}/{id}")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Another_accounts_webhooks_are_not_there()
    {
        var id = (await _http.AddEndpointAsync(_receiver.Url)).Number("id");
        var delivery = (await (await _http.PostAsync($"{Hooks.Endpoints}/{id}/test", null)).ReadOkAsync()).Number("id");
        using var stranger = await _server.NewClientAsync();
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
        Assert.True((bool)(await EndpointAsync(id))["enabled"]!);
    }

    /// <summary>A short download, run to its end.</summary>
    private async Task<long> CompleteJobAsync(string name)
    {
        var id = await _http.StartAsync(new { url = _server.Origin($"media/small.mp4?{name}"), format = "m4a" });
        await _http.CompletionOfAsync(id);
        return id;
    }

    private async Task<JsonNode> EndpointAsync(long id) =>
        await (await _http.GetAsync($"{Hooks.Endpoints}/{id}")).ReadOkAsync();

    private Task<HttpResponseMessage> RotateAsync(long id, object request) =>
        _http.PostAsJsonAsync($"{Hooks.Endpoints}/{id}/rotate-secret", request);
}

public sealed class WebhooksOnSqlite(HookServer<Sqlite> on)
    : WebhookTests(on.Server),
        IClassFixture<HookServer<Sqlite>>;

public sealed class WebhooksOnPostgres(HookServer<Postgres> on)
    : WebhookTests(on.Server),
        IClassFixture<HookServer<Postgres>>;
