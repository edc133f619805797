using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Views;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.Webhooks;
using Decant.Server.Webhooks;
using Decant.Server.Webhooks.Kinds;

namespace Decant.Server.Tests.Integrations;

/// <summary>Kinds of webhooks, with receivers that read what comes as the services do.</summary>
public abstract class KindTests(DecantServer server)
{
    public static readonly TheoryData<string> All = ["ntfy", "gotify", "discord", "slack", "jellyfin"];

    public static readonly TheoryData<string> OfMessages = ["ntfy", "gotify", "discord", "slack"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_service_takes_what_it_is_sent_of_a_job_and_of_a_test(string kind)
    {
        using var http = await server.NewClientAsync();
        await using var receiver = await ReceiverOfAsync(kind);
        var endpoint = await AddAsync(http, receiver, kind);
        Assert.Equal(kind, endpoint.Text("kind"));
        // Not ours to show: it is the service's.
        Assert.Null(endpoint["secret"]);

        var test = await (await http.PostAsync($"{Hooks.Endpoints}/{endpoint.Number("id")}/test", null)).ReadOkAsync();
        Assert.True(test.Text("status") == "delivered", test.ToJsonString());
        await receiver.NextAsync();

        var job = await http.CompletionOfAsync(
            await http.StartAsync(new { url = server.Origin($"media/small.mp4?{kind}"), format = "mp3" })
        );
        var received = await receiver.NextAsync();

        Assert.DoesNotContain(received.Headers.Keys, IsOurs);
        if (kind != "jellyfin")
        {
            Assert.Contains("is ready", received.Body, StringComparison.Ordinal);
            var link = LinkIn(kind, received.Json);
            var file = await server.Public.GetByteArrayAsync(new Uri(link).PathAndQuery);
            Assert.Equal(job.Number("file_size"), file.Length);
        }

        await http.DeliveryWhenAsync(
            endpoint.Number("id"),
            one => one.Text("status") == "delivered" && one.Text("event_type") == "job.completed"
        );
    }

    [Theory]
    [MemberData(nameof(OfMessages))]
    public async Task A_failure_is_told_with_its_reason(string kind)
    {
        using var http = await server.NewClientAsync();
        await using var receiver = await ReceiverOfAsync(kind);
        await AddAsync(http, receiver, kind);
        var id = await http.StartAsync(new { url = server.Origin($"paced/10000/0/media/small.mp4?failed-{kind}") });
        await (await http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        var cancelled = await receiver.NextAsync();

        Assert.Contains("was cancelled", cancelled.Body, StringComparison.Ordinal);
        var failed = kind switch
        {
            "ntfy" => WebhookKind.Ntfy,
            "gotify" => WebhookKind.Gotify,
            "discord" => WebhookKind.Discord,
            _ => WebhookKind.Slack,
        };
        var said = failed.Write(new Uri("https://example.org/topic"), FailureOf("A film"));
        Assert.Contains("A film failed", said, StringComparison.Ordinal);
        Assert.Contains("private_content", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("myspace", "https://example.com/x", "kind")]
    [InlineData("ntfy", "https://example.com/", "url")]
    [InlineData("discord", "http://example.com/x", "url")]
    public async Task Nonsense_is_refused_by_the_fields_name(string kind, string url, string field)
    {
        using var http = await server.NewClientAsync();

        var refusal = await (await http.PostAsJsonAsync(Hooks.Endpoints, new { kind, url })).ReadProblemAsync(
            400,
            "invalid_request"
        );

        Assert.NotNull(refusal["errors"]![field]);
    }

    [Fact]
    public void A_strangers_title_is_text_wherever_it_is_shown()
    {
        var nasty = FailureOf("<!channel> & @everyone <http://evil.example|free>\n" + new string('x', 1000));

        var slack = (string)JsonNode.Parse(WebhookKind.Slack.Write(new Uri("https://example.org/x"), nasty))!["text"]!;
        var discord = JsonNode.Parse(WebhookKind.Discord.Write(new Uri("https://example.org/x"), nasty))!;

        Assert.StartsWith("*&lt;!channel&gt; &amp; @everyone &lt;http", slack, StringComparison.Ordinal);
        Assert.InRange(discord["embeds"]![0]!.Text("title").Length, 1, 256);
        Assert.Empty(discord["allowed_mentions"]!["parse"]!.AsArray());
    }

    [Theory]
    [InlineData("https://ntfy.example/topic", "https://ntfy.example/")]
    [InlineData("https://example.org/ntfy/topic/", "https://example.org/ntfy/")]
    [InlineData("https://ntfy.example/topic?auth=x", "https://ntfy.example/?auth=x")]
    public void A_topic_is_told_at_its_servers_root(string url, string address) =>
        Assert.Equal(address, WebhookKind.Ntfy.AddressOf(new Uri(url)).AbsoluteUri);

    private static bool IsOurs(string header) =>
        header.StartsWith("X-AudioPod", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase);

    private static string LinkIn(string kind, JsonNode body) =>
        kind switch
        {
            "ntfy" => body.Text("click"),
            "gotify" => body["extras"]!["client::notification"]!["click"]!.Text("url"),
            "discord" => body["embeds"]![0]!.Text("url"),
            _ => body.Text("text").Split('<')[1].Split('|')[0].Replace("&amp;", "&", StringComparison.Ordinal),
        };

    private static JobWebhookBody FailureOf(string title) =>
        JobWebhookBody.Of(
            new JobEvent(Guid.Empty, 17, "job.failed", DateTimeOffset.UnixEpoch),
            new JobView
            {
                Id = 17,
                Status = JobStatus.Failed,
                Progress = 0,
                Stage = JobStage.Done,
                Url = "https://example.org/film",
                Platform = "other",
                Title = title,
                Kind = JobKind.Medium,
                Format = "mp4",
                Quality = "best",
                AudioOnly = false,
                IncludeThumbnail = false,
                CreatedAt = DateTimeOffset.UnixEpoch,
                TaskId = Guid.Empty,
                Attempts = 1,
                CreditsUsed = 0,
                Error = new JobErrorView("private_content", "The video is private."),
            }
        );

    private async Task<Receiver> ReceiverOfAsync(string kind)
    {
        var receiver = await Receiver.StartAsync(server.Lab);
        receiver.Judge = received => Services.Take(kind, received);
        return receiver;
    }

    private static async Task<JsonNode> AddAsync(HttpClient http, Receiver receiver, string kind) =>
        await (
            await http.PostAsJsonAsync(
                Hooks.Endpoints,
                new
                {
                    kind,
                    url = new Uri(receiver.Url).GetLeftPart(UriPartial.Authority) + Services.PathOf(kind),
                    secret = kind is "gotify" or "jellyfin" ? Services.Token : null,
                }
            )
        ).ReadOkAsync();
}

public sealed class KindsOnSqlite(HookServer<Sqlite> on) : KindTests(on.Server), IClassFixture<HookServer<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class KindsOnPostgres(HookServer<Postgres> on)
    : KindTests(on.Server),
        IClassFixture<HookServer<Postgres>>;
