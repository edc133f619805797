using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Webhooks;

public abstract class DeliveryTests(DecantServer server) : HookTests(server)
{
    [Fact]
    public async Task A_completed_job_is_told_signed_and_whole()
    {
        var endpoint = await Http.AddEndpointAsync(Receiver.Url);

        var id = await CompleteJobAsync("told");

        var told = await Receiver.NextAsync();
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
        var delivery = await Http.DeliveryWhenAsync(endpoint.Number("id"), one => one.Text("status") == "delivered");
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
        await Http.AddEndpointAsync(Receiver.Url, "job.cancelled", "job.failed");
        await CompleteJobAsync("nobody asked");
        var id = await Http.StartAsync(new { url = Server.Origin("paced/10000/0/media/small.mp4?hook") });

        await (await Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        var told = await Receiver.NextAsync();
        Assert.Equal(("job.cancelled", id), (told.Json.Text("event_type"), told.Json.Number("job_id")));
        Assert.Equal(("cancelled", "CANCELLED"), (told.Json.Text("status"), told.Json["job"]!.Text("status")));
        Assert.Equal(1, Receiver.Count);
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_event_id_with_a_fresh_signature()
    {
        Receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number < 3 ? 500 : 200;
            return context.Response.WriteAsync($"answer {number}\0");
        };
        var endpoint = await Http.AddEndpointAsync(Receiver.Url);

        await CompleteJobAsync("again");

        var first = await Receiver.NextAsync();
        await Receiver.NextAsync();
        var third = await Receiver.NextAsync();
        Assert.Equal((first.EventId, first.Body), (third.EventId, third.Body));
        Assert.True(third.IsSignedWith(endpoint.Text("secret")));
        var delivery = await Http.DeliveryWhenAsync(endpoint.Number("id"), one => one.Text("status") == "delivered");
        Assert.Equal((3, "answer 3\uFFFD"), (delivery.Number("attempt_count"), delivery.Text("response_body")));
        var attempts = delivery["attempts"]!.AsArray().Select(one => one!).ToList();
        Assert.Equal([500, 500, 200], attempts.Select(one => one.Number("response_status")));
        Assert.Equal([true, true, false], attempts.Select(one => one["error"] is not null));
        Assert.All(attempts, one => Assert.InRange(one.Number("duration_ms"), 0, 10_000));
        Assert.Equal(attempts.Select(When).Order(), attempts.Select(When));
        Assert.Equal(When(attempts[2]), (DateTimeOffset)delivery["last_attempt_at"]!);
        Assert.Null((await Http.EndpointAsync(endpoint.Number("id")))["failing_since"]);

        static DateTimeOffset When(JsonNode attempt) => (DateTimeOffset)attempt["at"]!;
    }

    [Fact]
    public async Task What_fails_five_times_is_laid_aside_and_can_be_sent_again()
    {
        Receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number <= 5 ? 503 : 200;
            return Task.CompletedTask;
        };
        var endpoint = (await Http.AddEndpointAsync(Receiver.Url)).Number("id");
        await CompleteJobAsync("aside");

        var dead = await Http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "dead_letter");

        Assert.Equal((5, 503), (dead.Number("attempt_count"), dead.Number("response_status")));
        Assert.Contains("503", dead.Text("error"), StringComparison.Ordinal);
        Assert.NotNull((await Http.EndpointAsync(endpoint))["failing_since"]);
        Assert.Equal(5, Receiver.Count);
        await (await Http.PostAsync($"{Hooks.Deliveries}/{dead.Number("id")}/redeliver", null)).ReadOkAsync();
        var sent = await Http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "delivered");
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
        Receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        var endpoint = (await Http.AddEndpointAsync(Receiver.Url)).Number("id");

        var answer = await (await Http.PostAsync($"{Hooks.Endpoints}/{endpoint}/test", null)).ReadOkAsync();

        Assert.Equal(("dead_letter", status), (answer.Text("status"), answer.Number("response_status")));
        Assert.Contains("redirects are not followed", answer.Text("error"), StringComparison.Ordinal);
        Assert.Equal(1, Receiver.Count);
    }

    [Fact]
    public async Task A_test_answers_with_what_came_of_it()
    {
        var endpoint = await Http.AddEndpointAsync(Receiver.Url, "job.failed");

        var answer = await (
            await Http.PostAsync($"{Hooks.Endpoints}/{endpoint.Number("id")}/test", null)
        ).ReadOkAsync();

        var told = await Receiver.NextAsync();
        Assert.Equal(("delivered", 204), (answer.Text("status"), answer.Number("response_status")));
        Assert.Equal(("webhook.test", answer.Text("event_id")), (told.Json.Text("event_type"), told.EventId));
        Assert.True(told.IsSignedWith(endpoint.Text("secret")));
    }

    [Fact]
    public async Task A_failed_job_says_why_in_the_hosted_services_words()
    {
        await Http.AddEndpointAsync(Receiver.Url);

        var id = await Http.StartAsync(new { url = Server.Origin("truncated/small.mp4?hook"), format = "m4a" });

        var told = (await Receiver.NextAsync()).Json;
        Assert.Equal(
            ("job.failed", id, "failed"),
            (told.Text("event_type"), told.Number("job_id"), told.Text("status"))
        );
        Assert.Equal(told["job"]!["error"]!.Text("message"), told.Text("error_message"));
        Assert.Equal(told["job"]!["error"]!.Text("code"), told.Text("failure_reason"));
    }

    [Theory]
    [InlineData("https://10.0.0.1/hook", "special address")]
    [InlineData("http://example.com/hook", "not an https address")]
    public async Task An_address_that_may_no_longer_be_reached_is_not_reached(string url, string reason)
    {
        var endpoint = (await Http.AddEndpointAsync(Receiver.Url)).Number("id");
        await using (var db = await Server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .WebhookEndpoints.Where(one => one.Id == endpoint)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Url, url));
        }

        var answer = await (await Http.PostAsync($"{Hooks.Endpoints}/{endpoint}/test", null)).ReadOkAsync();

        Assert.Equal("dead_letter", answer.Text("status"));
        Assert.Contains(reason, answer.Text("error"), StringComparison.Ordinal);
    }

    /// <summary>A short download, run to its end.</summary>
    private async Task<long> CompleteJobAsync(string name)
    {
        var id = await Http.StartAsync(new { url = Server.Origin($"media/small.mp4?{name}"), format = "m4a" });
        await Http.CompletionOfAsync(id);
        return id;
    }
}

[Collection<HookServers<Sqlite>>]
public sealed class DeliveriesOnSqlite(HookServer<Sqlite> on) : DeliveryTests(on.Server);

[Collection<HookServers<Postgres>>]
public sealed class DeliveriesOnPostgres(HookServer<Postgres> on) : DeliveryTests(on.Server);
