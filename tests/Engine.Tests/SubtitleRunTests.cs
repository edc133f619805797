using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests;

/// <summary>Subtitles of the lab's YouTube, through the whole engine: a cue every two seconds, "en line 1" from 0 to 1.8.</summary>
public sealed class SubtitleRunTests(PlatformEngine platform) : IClassFixture<PlatformEngine>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Fact]
    public async Task Looking_a_video_up_tells_its_subtitles()
    {
        var info = await platform.Engine.InspectAsync(
            Url("subsinfo001"),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [("en", false), ("de", false), ("en-orig", true), ("en", true), ("de", true), ("fr", true)],
            info.Subtitles.Select(one => (one.Language, one.IsAutomatic))
        );
        Assert.All(info.Subtitles, one => Assert.Equal("vtt", one.File.Extension));
    }

    [Theory]
    [InlineData("mp4", "mov_text", "deu")]
    [InlineData("mov", "mov_text", "ger")]
    [InlineData("mkv", "subrip", "ger")]
    [InlineData("webm", "webvtt", "ger")]
    public async Task Subtitles_go_into_the_file_with_their_languages(string container, string codec, string german)
    {
        var result = await RunAsync("subsembed01", container, "144p", new() { Languages = ["de", "en"] });

        var streams = await Conversions.ShowAsync(
            result.Path,
            "-select_streams",
            "s",
            "-show_entries",
            "stream=codec_name:stream_tags=language"
        );
        Assert.Equal(
            [$"codec_name={codec}", $"TAG:language={german}", $"codec_name={codec}", "TAG:language=eng"],
            streams
        );
        Assert.Equal([("de", false, null), ("en", false, null)], result.Subtitles.Select(Short));
        var text = await TextAsync(result.Path, 1);
        // Opus begins some milliseconds before zero, and Matroska moves all streams alike.
        Assert.Matches("00:00:02,00. --> 00:00:03,80.\nen line 2\n<i>salt & pepper</i>", text);
        Assert.Equal([result.Path], Directory.EnumerateFileSystemEntries(_directory));
    }

    [Theory]
    [InlineData("srt", "1\n00:00:00,000 --> 00:00:01,800\nde line 1\n<i>salt & pepper</i>\n\n2\n")]
    [InlineData("vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:01.800\nde line 1\n<i>salt &amp; pepper</i>\n\n")]
    public async Task Subtitles_lie_beside_a_file_that_cannot_hold_them(string format, string start)
    {
        var result = await RunAsync("subsbeside1", "mp3", null, new() { Languages = ["de"], Format = format });

        var one = Assert.Single(result.Subtitles);
        Assert.Equal(("de", false), (one.Language, one.IsAutomatic));
        Assert.StartsWith(start, await ReadAsync(one), StringComparison.Ordinal);
        Assert.Equal(
            [result.Path, one.Path],
            Directory.EnumerateFileSystemEntries(_directory).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("fr", "fr heard 1", "fr heard 2")]
    [InlineData("en", "en heard 1", "en heard 2")]
    public async Task Automatic_captions_fill_in_where_there_are_no_others_and_say_so(
        string language,
        string first,
        string second
    )
    {
        var result = await RunAsync("autosubs001", "mp3", null, new() { Languages = [language] });

        var one = Assert.Single(result.Subtitles);
        Assert.True(one.IsAutomatic);
        // Each line once, although the site's file shows it thrice.
        Assert.StartsWith(
            $"1\n00:00:00,000 --> 00:00:02,000\n{first}\n\n2\n00:00:02,000 --> 00:00:04,000\n{second}\n\n3\n",
            await ReadAsync(one),
            StringComparison.Ordinal
        );
    }

    [Theory]
    // Encoded: from where it was asked. "en line 3" is on the screen from 4 to 5.8.
    [InlineData("100p", CutPoint.Frame)]
    // Copied into a container that hides what comes before.
    [InlineData("360p", CutPoint.Keyframe)]
    public async Task A_clip_moves_its_subtitles(string quality, CutPoint at)
    {
        const string Expected = "00:00:00,500 --> 00:00:02,300\nen line 3";
        var words = new SubtitleWords { Languages = ["en"] };
        var embedded = await RunAsync("subsclip001", "mp4", quality, words, "3.5", "7");
        Assert.Equal(at, embedded.CutAt);
        Assert.Contains(Expected, await TextAsync(embedded.Path, 0), StringComparison.Ordinal);

        var beside = await RunAsync("subsclip001", "mp4", quality, words with { Mode = "files" }, "3.5", "7");
        Assert.Contains(Expected, await ReadAsync(Assert.Single(beside.Subtitles)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_that_begins_at_an_earlier_key_frame_has_its_subtitles_from_there()
    {
        var words = new SubtitleWords { Languages = ["en"] };
        var embedded = await RunAsync("subsclip002", "mkv", "360p", words, "3.5", "7");
        var inside = await TextAsync(embedded.Path, 0);
        var beside = await RunAsync("subsclip002", "mkv", "360p", words with { Mode = "files" }, "3.5", "7");

        Assert.Equal(CutPoint.Keyframe, beside.CutAt);
        var (within, without) = (StartOfLine3(inside), StartOfLine3(await ReadAsync(Assert.Single(beside.Subtitles))));
        // The picture begins before 3.5, so that line 3 comes later than after half a second.
        Assert.True(without > TimeSpan.FromSeconds(0.9), inside);
        Assert.InRange((within - without).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Subtitles_that_cannot_be_had_fail_the_run_and_leave_nothing()
    {
        platform.Lab.Faults.Script("/api/timedtext", Fault.Status(404));

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync("subsfault01", "mp3", null, new() { Languages = ["en"] })
        );

        Assert.Contains("subtitles in the language \"en\"", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Uri Url(string id) => new($"https://www.youtube.com/watch?v={id}");

    private static (string, bool, SubtitleFormat?) Short(MadeSubtitle one) =>
        (one.Language, one.IsAutomatic, one.Format);

    private static TimeSpan StartOfLine3(string subRip)
    {
        var lines = subRip.Split('\n');
        var times = lines[Array.IndexOf(lines, "en line 3") - 1];
        return TimeSpan.Parse(times.Split(' ')[0].Replace(',', '.'), CultureInfo.InvariantCulture);
    }

    private static Task<string> ReadAsync(MadeSubtitle one) =>
        File.ReadAllTextAsync(one.Path!, TestContext.Current.CancellationToken);

    /// <summary>A subtitle stream of a file as SubRip, by the real ffmpeg.</summary>
    private static async Task<string> TextAsync(string path, int stream)
    {
        var lines = new List<string>();
        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/ffmpeg", ["-v", "error", "-i", path, "-map", $"0:s:{stream}", "-f", "srt", "-"])
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        return string.Join('\n', lines);
    }

    private Task<ExtractionResult> RunAsync(
        string id,
        string format,
        string? quality,
        SubtitleWords subtitles,
        string? start = null,
        string? end = null
    ) =>
        platform.Engine.RunAsync(
            Url(id),
            OutputRequest
                .Parse(format, quality)
                .Refine(
                    new Refinement
                    {
                        Subtitles = subtitles,
                        ClipStart = start,
                        ClipEnd = end,
                    }
                ),
            _directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
}
