using System.Net.Http.Json;
using System.Text;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

/// <summary>What a request may wish of its file, on the wire.</summary>
public sealed class OutputWishesTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Download = "/api/v1/video/download";

    /// <summary>Ten seconds.</summary>
    private string Url => new Uri(on.Server.Lab.PublicOrigin, "media/small.mp4?wishes").ToString();

    [Theory]
    [InlineData("unknown_format", "format", """ "format": "exe" """)]
    [InlineData("invalid_request", "quality", """ "quality": "ultra" """)]
    [InlineData("invalid_request", "quality", """ "format": "mp4", "quality": "320kbps" """)]
    [InlineData("invalid_request", "quality", """ "format": "mp3", "quality": "720p" """)]
    [InlineData("invalid_request", "format_selector", """ "format_selector": "1+2+3" """)]
    [InlineData("unknown_format", "format_selector", """ "format_selector": "no-such-id" """)]
    [InlineData("invalid_request", "video_codec", """ "format": "webm", "video_codec": "h264" """)]
    [InlineData("invalid_request", "video_codec", """ "format": "mp3", "video_codec": "h264" """)]
    [InlineData("invalid_request", "audio_codec", """ "format": "mp4", "audio_codec": "vorbis" """)]
    [InlineData("invalid_request", "clip.start", """ "clip": {"start": 10} """)]
    [InlineData("invalid_request", "clip.start", """ "clip": {"start": "soon"} """)]
    [InlineData("invalid_request", "clip.start", """ "clip": {"start": -1} """)]
    [InlineData("invalid_request", "clip.start", """ "clip": {"start": true} """)]
    [InlineData("invalid_request", "clip.end", """ "clip": {"start": 5, "end": "00:00:05"} """)]
    [InlineData("invalid_request", "clip.end", """ "clip": {"end": "00:01:00"} """)]
    [InlineData("invalid_request", "clip", """ "clip": "1-2" """)]
    [InlineData("invalid_request", "normalize", """ "normalize": 3 """)]
    [InlineData("invalid_request", "normalize", """ "normalize": "loud" """)]
    [InlineData("invalid_request", "audio_language", """ "audio_language": "%%" """)]
    [InlineData("unknown_format", "audio_language", """ "audio_language": "fr" """)]
    [InlineData("invalid_request", "dynamic_range", """ "format": "avi", "dynamic_range": "hdr" """)]
    [InlineData("invalid_request", "subtitles", """ "subtitles": 5 """)]
    [InlineData("invalid_request", "subtitles", """ "subtitles": [5] """)]
    [InlineData("invalid_request", "subtitles.languages", """ "subtitles": {} """)]
    [InlineData("invalid_request", "subtitles.languages", """ "subtitles": "%%" """)]
    [InlineData("invalid_request", "subtitles.mode", """ "subtitles": {"languages": "en", "mode": "burn"} """)]
    [InlineData(
        "invalid_request",
        "subtitles.mode",
        """ "format": "mp3", "subtitles": {"languages": ["en"], "mode": "embed"} """
    )]
    [InlineData("invalid_request", "subtitles.format", """ "subtitles": {"languages": ["en"], "format": "ass"} """)]
    [InlineData("unknown_format", "subtitles.languages", """ "subtitles": "en" """)]
    public async Task What_cannot_be_is_400_with_the_field_at_fault(string code, string field, string wishes)
    {
        using var body = new StringContent($$"""{"url": "{{Url}}", {{wishes}}}""", Encoding.UTF8, "application/json");

        var problem = await (await on.Server.Http.PostAsync(Download, body)).ReadProblemAsync(400, code);

        Assert.NotNull(problem["errors"]?[field]);
    }

    [Fact]
    public async Task A_name_that_no_file_system_holds_is_400()
    {
        var answer = await on.Server.PostAsync(Download, new { url = Url, output_filename = new string('a', 256) });

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.Contains("256 characters; 255", problem["errors"]!["output_filename"]!.ToJsonString());
    }

    [Theory]
    // Copied, hence from the key frame before.
    [InlineData("mp4", "keyframe")]
    [InlineData("wav", "frame")]
    public async Task A_clip_is_made_says_where_it_begins_and_is_priced_by_its_length(string format, string cutAt)
    {
        var answer = await on.Server.DownloadAsync(
            new
            {
                url = Url,
                format,
                clip = new { start = 2.5, end = "00:00:06.5" },
            }
        );

        // Four seconds at 33 credits a minute: 2.2.
        Assert.Equal(3, answer.Number("estimated_credits"));
        var job = await on.Server.EndOfAsync(answer["job"]!.Number("id"));
        Assert.Equal("COMPLETED", job.Text("status"));
        Assert.Equal(cutAt, job.Text("cut_at"));
        Assert.Equal("2.5", job["clip"]!["start"]!.ToString());
        Assert.Equal(3, job.Number("credits_used"));
        Assert.InRange(job["duration"]!.GetValue<double>(), 3.9, 4.2);
    }

    [Fact]
    public async Task Loudness_is_brought_to_what_was_asked()
    {
        var id = await on.Server.StartAsync(
            new
            {
                url = Url,
                format = "mp3",
                normalize = -16,
            }
        );

        var job = await on.Server.EndOfAsync(id);

        Assert.Equal("COMPLETED", job.Text("status"));
        Assert.Equal("mp3", job.Text("audio_codec"));
    }
}
