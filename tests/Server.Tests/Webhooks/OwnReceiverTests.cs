using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Webhooks;

/// <summary>Downloads that name a receiver of their own.</summary>
public abstract class OwnReceiverTests(DecantServer server) : HookTests(server)
{
    [Fact]
    public async Task A_download_can_name_a_receiver_of_its_own()
    {
        var id = await Http.StartAsync(
            new
            {
                url = Server.Origin("media/small.mp4?own"),
                format = "m4a",
                webhook_url = Receiver.Url,
                webhook_secret = "sixteen_or_more_characters",
            }
        );

        var told = await Receiver.NextAsync();

        Assert.Equal(id, told.Json.Number("job_id"));
        Assert.True(told.IsSignedWith("sixteen_or_more_characters"));
        await Http.CompletionOfAsync(id);
        var log = await (await Http.GetAsync($"{Hooks.Deliveries}?job_id={id}")).ReadOkAsync();
        Assert.Equal(told.EventId, log["items"]!.AsArray().Single()!.Text("event_id"));
    }

    [Fact]
    public async Task A_batch_tells_its_receiver_of_each_job()
    {
        var answer = await (
            await Http.PostAsJsonAsync(
                "/api/v1/video/bulk-download",
                new
                {
                    downloads = Enumerable
                        .Range(0, 2)
                        .Select(index => new { url = Server.Origin($"media/small.mp4?batch{index}"), format = "m4a" }),
                    webhook_url = Receiver.Url,
                }
            )
        ).ReadOkAsync();

        Received[] told = [await Receiver.NextAsync(), await Receiver.NextAsync()];

        Assert.Equal(
            answer["jobs"]!.AsArray().Select(job => job!.Number("id")).Order(),
            told.Select(one => one.Json.Number("job_id")).Order()
        );
        Assert.All(told, one => Assert.False(one.Headers.ContainsKey("X-AudioPod-Signature")));
    }

    [Theory]
    [InlineData("http://example.com/hook", 400, "invalid_request")]
    [InlineData("https://192.168.0.1/hook", 403, "blocked_address")]
    public async Task A_download_whose_receiver_may_not_be_reached_is_refused(string webhook, int status, string code)
    {
        var answer = await Http.PostAsJsonAsync(
            JobFlow.Download,
            new { url = Server.Origin("media/small.mp4?refused"), webhook_url = webhook }
        );

        await answer.ReadProblemAsync(status, code);
        Assert.Equal(0, (await (await Http.GetAsync(JobFlow.Jobs)).ReadOkAsync()).Number("total"));
    }

    [Fact]
    public async Task Without_a_key_there_is_no_webhook()
    {
        var answer = await Server.Public.PostAsJsonAsync(
            "/api/v1/video/public/download",
            new { url = Server.Origin("media/small.mp4?public"), webhook_url = Receiver.Url }
        );

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["webhook_url"]);
    }
}

[Collection<HookServers<Sqlite>>]
public sealed class OwnReceiversOnSqlite(HookServer<Sqlite> on) : OwnReceiverTests(on.Server);

[Collection<HookServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class OwnReceiversOnPostgres(HookServer<Postgres> on) : OwnReceiverTests(on.Server);
