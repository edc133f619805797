using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

/// <summary>What is told of a match, on the wire and in the file.</summary>
public sealed class MatchedTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Track = "https://open.spotify.com/track/";
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task A_match_is_told_before_the_download_and_after()
    {
        const string Url = Track + "matchtold01LabLabLabLa";
        var info = await (await _server.PostAsync("/api/v1/video/info", new { url = Url })).ReadOkAsync();
        AssertMatched(info["matched"]!);

        var accepted = (await _server.DownloadAsync(new { url = Url, format = "mp3" }))["job"]!;
        AssertMatched(accepted["matched"]!);
        AssertMatched((await _server.CompletionOfAsync(accepted.Number("id")))["matched"]!);
    }

    [Fact]
    public async Task A_platform_with_media_of_its_own_tells_of_no_match()
    {
        var url = _server.Origin("media/small.mp4?unmatched");
        var info = await (await _server.PostAsync("/api/v1/video/info", new { url })).ReadOkAsync();
        Assert.False(info.AsObject().ContainsKey("matched"));
    }

    [Fact]
    public async Task The_file_has_the_tracks_tags_and_cover_and_the_address_its_sound_is_from()
    {
        var job = await _server.CompletionOfAsync(
            await _server.StartAsync(new { url = Track + "matchtags01LabLabLabLa", format = "mp3" })
        );
        var file = await _server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));

        Assert.Contains("mjpeg 640x640", (await Probe.ReadAsync(file)).Streams);
        var tags = await TagsAsync(file);
        Assert.Equal("Lab song matchtags01", tags.Text("title"));
        Assert.Equal("The Labradors, Ada Pipette", tags.Text("artist"));
        Assert.Equal("Tones and Beeps", tags.Text("album"));
        Assert.Contains("youtube.com/watch?v=matchtags01", tags.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("spotify", tags.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_nothing_is_like_is_404_with_the_best_and_its_score()
    {
        var answer = await _server.PostAsync(
            "/api/v1/video/download",
            new { url = Track + "nomatch0001LabLabLabLa", format = "mp3" }
        );

        var problem = await answer.ReadProblemAsync(404, "content_not_found");
        Assert.Contains("/watch?v=", problem.Text("best_url"), StringComparison.Ordinal);
        Assert.InRange((double)problem["best_score"]!, 1, 70);
        Assert.Equal(70, (double)problem["required_score"]!);
    }

    [Fact]
    public async Task A_list_brings_what_can_be_matched_and_names_what_cannot()
    {
        var answer = await _server.DownloadAsync(
            new { url = "https://open.spotify.com/playlist/mixedOnes01LabLabLabLa", format = "mp3" }
        );

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal("content_not_found", answer["errors"]![0]!.Text("code"));
        foreach (var job in jobs)
        {
            Assert.Equal("spotify", (await _server.CompletionOfAsync(job!.Number("id"))).Text("platform"));
        }
    }

    private static void AssertMatched(JsonNode matched)
    {
        Assert.Equal("/watch?v=matchtold01", new Uri(matched.Text("url")).PathAndQuery);
        Assert.InRange((double)matched["score"]!, 95, 100);
        Assert.Equal("Lab song matchtold01", matched.Text("title"));
        Assert.Equal("The Labradors, Ada Pipette", matched.Text("artist"));
        Assert.InRange((double)matched["duration_difference"]!, -1, 1);
        Assert.False((bool)matched["by_isrc"]!);
    }

    private static async Task<JsonNode> TagsAsync(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file);
            var start = new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "json", "-show_format", path])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var ffprobe = Process.Start(start)!;
            var found = await JsonNode.ParseAsync(ffprobe.StandardOutput.BaseStream);
            await ffprobe.WaitForExitAsync();
            return found!["format"]!["tags"]!;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
