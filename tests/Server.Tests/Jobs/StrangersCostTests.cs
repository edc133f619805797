using System.Net;
using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>Limits of what one account, one address and all strangers together may take of a node.</summary>
public sealed class StrangersCostTests
{
    private const string PublicDownload = "/api/v1/video/public/download";

    [Fact]
    public async Task So_many_streams_of_events_are_open_at_once_and_the_next_when_one_is_closed()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Jobs:MaxStreamsPerAccount=2",
            "Jobs:MaxStreamsPerAddress=3",
            "Jobs:HeartbeatEvery=00:00:00.1"
        );
        using var ada = await server.NewClientAsync();
        using var bob = await server.NewClientAsync();
        var first = await Watching.StartAsync(ada);
        await using var second = await Watching.StartAsync(ada, "/api/v1/video/events");

        await (await ada.GetAsync(Watching.Events)).ReadProblemAsync(429, "rate_limited");
        await using var bobs = await Watching.StartAsync(bob);
        var byAddress = await (await bob.GetAsync(Watching.Events)).ReadProblemAsync(429, "rate_limited");
        Assert.Contains("address", byAddress.Text("detail"));

        await first.DisposeAsync();
        await using var third = await OpenedAsync(bob);
    }

    [Fact]
    public async Task A_stranger_gets_no_more_bytes_than_strangers_may_have()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Limits:PublicMaxBytes=1000000");

        var told = await server.Public.PostAsJsonAsync(PublicDownload, new { url = server.Origin("media/small.mp4") });
        var problem = await told.ReadProblemAsync(413, "too_large");
        Assert.Equal(1_000_000, problem.Number("max_bytes"));

        // Its origin says no size.
        var untold = await server.Public.PostAsJsonAsync(
            PublicDownload,
            new { url = server.Origin("endless/body.mp4?public"), format = "mp3" }
        );
        var status = (await untold.ReadOkAsync())["job"]!.Text("status_url");
        var job = await server.PublicEndOfAsync(status);
        Assert.Equal(("FAILED", "too_large"), (job.Text("status"), job["error"]!.Text("code")));
        await server.CompletionOfAsync(await server.StartAsync(new { url = server.Origin("media/small.mp4") }));
    }

    [Fact]
    public async Task Strangers_files_take_their_part_of_the_disk_and_accounts_go_on()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Jobs:PublicDiskShare=0");
        var first = await server.Public.PostAsJsonAsync(
            PublicDownload,
            new { url = server.Origin("media/small.mp4?first"), format = "mp3" }
        );
        await server.PublicEndOfAsync((await first.ReadOkAsync())["job"]!.Text("status_url"));

        var second = await server.Public.PostAsJsonAsync(
            PublicDownload,
            new { url = server.Origin("media/small.mp4?second"), format = "mp3" }
        );

        await second.ReadProblemAsync(503, "overloaded");
        await server.CompletionOfAsync(await server.StartAsync(new { url = server.Origin("media/small.mp4?paid") }));
    }

    /// <summary>The server notices that a stream is closed when it next writes to it: asked for again once a heartbeat.</summary>
    private static async Task<Watching> OpenedAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        using var heartbeat = new PeriodicTimer(TimeSpan.FromSeconds(0.1));
        while (true)
        {
            try
            {
                return await Watching.StartAsync(http);
            }
            catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await heartbeat.WaitForNextTickAsync(patience.Token);
            }
        }
    }
}
