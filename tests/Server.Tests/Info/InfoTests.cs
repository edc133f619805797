using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Info;

public sealed class InfoTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Film = "https://www.youtube.com/watch?v=minute00061";
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task A_video_is_described_in_the_documents_fields_and_types()
    {
        var info = await InfoAsync(new { url = Film, include_formats = true });

        Assert.Equal("Lab film minute00061", (string?)info["title"]);
        Assert.Equal("Decant Lab", (string?)info["uploader"]);
        Assert.Equal("youtube", (string?)info["platform"]);
        Assert.Equal("minute00061", (string?)info["video_id"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", (string?)info["upload_date"]);
        Assert.Equal(61, (double?)info["duration"]);
        Assert.Equal(34, (int?)info["estimated_credits"]);
        Assert.Equal("$0.02", (string?)info["estimated_usd"]);
        Assert.All(
            ["description", "thumbnail_url"],
            field => Assert.Equal(JsonValueKind.String, info[field]!.GetValueKind())
        );
        Assert.All(
            ["view_count", "like_count"],
            field => Assert.Equal(JsonValueKind.Number, info[field]!.GetValueKind())
        );
        Assert.False((bool?)info["is_live"]);
        Assert.False((bool?)info["is_playlist"]);
    }

    [Fact]
    public async Task The_formats_say_what_they_truly_are()
    {
        var info = await InfoAsync(new { url = Film, include_formats = true });

        var audio = info["formats"]!.AsArray().First(format => (string?)format!["format_id"] == "140")!;
        Assert.Equal("m4a", (string?)audio["format"]);
        Assert.Equal("128kbps", (string?)audio["quality"]);
        Assert.Equal("aac", (string?)audio["audio_codec"]);
        Assert.Null(audio["video_codec"]);
        var both = info["formats"]!
            .AsArray()
            .First(format => format!["audio_codec"] is not null && format["video_codec"] is not null)!;
        Assert.Equal("mp4", (string?)both["format"]);
        Assert.Matches(@"^\d+p$", (string?)both["quality"]);
        Assert.Matches(@"^\d+x\d+$", (string?)both["resolution"]);
        Assert.Equal("h264", (string?)both["video_codec"]);
        Assert.True((double?)both["fps"] > 0);
    }

    [Fact]
    public async Task The_options_say_what_each_download_would_give()
    {
        var info = await InfoAsync(new { url = Film, include_formats = true });

        var options = info["options"]!.AsArray();
        var copied = Assert.Single(
            options,
            option => (string?)option!["format"] == "m4a" && (string?)option["quality"] == "best"
        )!;
        Assert.True((bool?)copied["is_copy"]);
        Assert.Equal("aac", (string?)copied["audio_codec"]);
        Assert.True((long?)copied["file_size"] > 0);
        Assert.Equal(["140"], copied["format_ids"]!.AsArray().Select(id => (string?)id));
        var encoded = Assert.Single(
            options,
            option => (string?)option!["format"] == "mp3" && (string?)option["quality"] == "128kbps"
        )!;
        Assert.False((bool?)encoded["is_copy"]);
        // 61 seconds of 128 kbit/s.
        Assert.Equal(976_000, (long?)encoded["file_size"]);
    }

    [Fact]
    public async Task Formats_are_left_out_where_nobody_asked()
    {
        var info = await InfoAsync(new { url = Film });

        Assert.False(info.AsObject().ContainsKey("formats"));
        Assert.False(info.AsObject().ContainsKey("entries"));
    }

    [Fact]
    public async Task Anyone_may_look_at_the_basic_formats_and_pays_nothing()
    {
        var answer = await _server.Public.PostAsJsonAsync(
            "/api/v1/video/public/info",
            new { url = Film, include_formats = true }
        );

        var info = await answer.ReadOkAsync();
        Assert.Equal(0, (int?)info["estimated_credits"]);
        var formats = info["formats"]!.AsArray();
        Assert.NotEmpty(formats);
        Assert.All(
            formats,
            format => Assert.Contains((string?)format!["format"], (string[])["mp4", "m4a", "mp3", "wav"])
        );
    }

    [Fact]
    public async Task The_sites_chapters_are_listed_and_left_out_where_it_has_none()
    {
        var info = await InfoAsync(new { url = "https://www.youtube.com/watch?v=chapters001", include_formats = true });
        var without = await InfoAsync(new { url = Film, include_formats = true });

        Assert.Equal(
            [(0, 4, "Beginning"), (4, 8, "Middle"), (8, 12, "End")],
            info["chapters"]!
                .AsArray()
                .Select(one => ((double)one!["start"]!, (double)one["end"]!, (string)one["title"]!))
        );
        Assert.Null(without["chapters"]);
    }

    [Fact]
    public async Task A_playlist_tells_its_length_and_entries()
    {
        var info = await InfoAsync(
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-few-5", include_formats = true }
        );

        Assert.True((bool?)info["is_playlist"]);
        Assert.Equal(5, (int?)info["playlist_count"]);
        Assert.Equal("Five lab films", (string?)info["title"]);
        Assert.Equal([1, 2, 3, 4, 5], info["entries"]!.AsArray().Select(entry => (int)entry!["index"]!));
    }

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=private0001", 403, "private_content")]
    [InlineData("https://www.youtube.com/watch?v=deleted0001", 404, "content_not_found")]
    [InlineData("https://www.youtube.com/watch?v=agelimit001", 403, "age_restricted")]
    [InlineData("https://www.youtube.com/watch?v=regionlock1", 403, "geo_blocked")]
    [InlineData("https://www.youtube.com/watch?v=upcoming001", 409, "not_started")]
    [InlineData("https://www.youtube.com/watch?v=botcheck001", 403, "source_blocked")]
    [InlineData("https://www.youtube.com/watch?v=drmlocked01", 403, "drm_protected")]
    [InlineData("http://10.0.0.1/secret", 403, "blocked_address")]
    [InlineData("http://169.254.169.254/latest/meta-data/", 403, "blocked_address")]
    public async Task What_cannot_be_had_is_refused_with_the_contracts_code(string url, int status, string code)
    {
        var answer = await _server.PostAsync("/api/v1/video/info", new { url });

        await answer.ReadProblemAsync(status, code);
    }

    private async Task<JsonNode> InfoAsync(object request) =>
        await (await _server.PostAsync("/api/v1/video/info", request)).ReadOkAsync();
}
