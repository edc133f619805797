using System.Globalization;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

/// <summary>A video of YouTube's whose links only its player's script completes, with a JavaScript runtime and without.</summary>
public sealed class PlayerScriptTests
{
    private const string Video = "https://www.youtube.com/watch?v=ciphered001";
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "javascript");

    [Fact]
    public async Task With_a_runtime_the_players_script_is_solved_and_the_whole_picture_arrives()
    {
        Assert.SkipUnless(
            File.Exists(Path.Combine(Folder, "deno")),
            "No JavaScript runtime is here: ./decant test brings one where npm answers."
        );
        await using var server = await DecantServer.StartAsync<Sqlite>($"JavaScript:Folder={Folder}");

        Assert.Equal([144, 240, 360, 480, 720, 1080], await HeightsAsync(server));
        var made = await MakeAsync(server);
        Assert.Equal(["h264 1280x720", "aac"], made.Streams.Take(2));
        Assert.Equal(12, made.Seconds, tolerance: 0.5);
        var part = await PartAsync(server);
        Assert.True((bool)part["present"]!);
        Assert.StartsWith("deno 2.", part.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_runtime_the_other_client_serves_it_and_the_service_says_what_is_missing()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("JavaScript:Runtime=/usr/bin/false");

        Assert.Equal([360], await HeightsAsync(server));
        var made = await MakeAsync(server);
        Assert.Equal(["h264 640x360", "aac"], made.Streams.Take(2));
        var part = await PartAsync(server);
        Assert.False((bool)part["present"]!);
        Assert.Equal(
            "No JavaScript runtime: false does not run. YouTube offers fewer formats without. ./decant brings all of it where npm is; "
                + "or install deno 2.3 and yt-dlp-ejs.",
            part.Text("detail")
        );
        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        Assert.Equal("ready", readiness.Text("status"));
    }

    [Fact]
    public async Task A_runtime_that_is_not_there_stops_the_start()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() =>
            DecantServer.StartAsync<Sqlite>("JavaScript:Runtime=/nowhere/deno")
        );

        Assert.Contains("there is no file '/nowhere/deno'", problem.ToString(), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<int>> HeightsAsync(DecantServer server)
    {
        var info = await (
            await server.PostAsync("/api/v1/video/info", new { url = Video, include_formats = true })
        ).ReadOkAsync();
        return info["formats"]!
            .AsArray()
            .Select(format => (string?)format!["resolution"])
            .OfType<string>()
            .Select(size => int.Parse(size.Split('x')[1], CultureInfo.InvariantCulture))
            .Distinct()
            .Order();
    }

    private static async Task<Probe> MakeAsync(DecantServer server)
    {
        var job = await server.CompletionOfAsync(
            await server.StartAsync(
                new
                {
                    url = Video,
                    format = "mp4",
                    quality = "720p",
                }
            )
        );
        return await Probe.ReadAsync(await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url"))));
    }

    private static async Task<JsonNode> PartAsync(DecantServer server)
    {
        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        return readiness["parts"]!.AsArray().Single(part => part!.Text("name") == "javascript")!;
    }
}
