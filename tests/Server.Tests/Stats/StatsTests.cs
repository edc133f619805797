using System.Net.Http.Json;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Stats;

public abstract class StatsTests(DecantServer server)
{
    [Fact]
    public async Task Downloads_are_counted_by_platform_and_format()
    {
        using var client = await server.NewClientAsync();
        await client.CompletionOfAsync(
            await client.StartAsync(new { url = server.Origin("media/small.mp4?stats"), format = "mp3" })
        );
        await client.CompletionOfAsync(
            await client.StartAsync(new { url = server.Origin("media/small.mp4?stats"), format = "m4a" })
        );
        var last = await client.StartAsync(new { url = LabPages.YouTube("stats"), format = "mp3" });
        var job = await client.CompletionOfAsync(last);

        foreach (var path in (string[])["/api/v1/video/video-download/stats", "/api/v1/video/stats"])
        {
            var stats = await (await client.GetAsync(path)).ReadOkAsync();

            Assert.Equal(3, stats.Number("total_downloads"));
            Assert.InRange((double)stats["total_duration"]!, 30, 40);
            Assert.Equal(12 + job.Number("credits_used"), stats.Number("total_credits_used"));
            Assert.Equal("""{"other":2,"youtube":1}""", Sorted(stats["downloads_by_platform"]!));
            Assert.Equal("""{"m4a":1,"mp3":2}""", Sorted(stats["downloads_by_format"]!));
            var recent = stats["recent_downloads"]!.AsArray();
            Assert.Equal(3, recent.Count);
            Assert.Equal(last, recent[0]!.Number("id"));
            Assert.Equal("COMPLETED", recent[0]!.Text("status"));
            Assert.Equal(job.Text("title"), recent[0]!.Text("title"));
        }
    }

    [Fact]
    public async Task Who_has_downloaded_nothing_has_noughts()
    {
        using var client = await server.NewClientAsync();

        var stats = await client.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>("/api/v1/video/stats");

        Assert.Equal(0, stats!.Number("total_downloads"));
        Assert.Empty(stats!["recent_downloads"]!.AsArray());
    }

    private static string Sorted(System.Text.Json.Nodes.JsonNode tally) =>
        "{"
        + string.Join(',', tally.AsObject().OrderBy(one => one.Key).Select(one => $"\"{one.Key}\":{one.Value}"))
        + "}";
}

public sealed class StatsOnSqlite(ServerOn<Sqlite> on) : StatsTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class StatsOnPostgres(ServerOn<Postgres> on) : StatsTests(on.Server), IClassFixture<ServerOn<Postgres>>;
