using System.Diagnostics;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests;

[Long]
public sealed class MediaEngineTests(LabEngine lab) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;
    private readonly List<EngineProgress> _progress = [];

    [Theory]
    [InlineData("media/small.mp4", "mp4", null, "h264", "aac")]
    [InlineData("media/moov-last.mp4", "mp4", null, "h264", "aac")]
    [InlineData("media/small.mkv", "mp4", null, "h264", "aac")]
    [InlineData("media/small.mp4", "mkv", null, "h264", "aac")]
    [InlineData("media/vp9-opus.webm", "webm", null, "vp9", "opus")]
    [InlineData("media/low.mp4", "mp4", "240p", "h264", "aac")]
    [InlineData("media/video-only.mp4", "mp4", null, "h264", null)]
    [InlineData("media/small.mp4", "mp3", "128kbps", null, "mp3")]
    [InlineData("media/small.mp4", "m4a", null, null, "aac")]
    [InlineData("media/small.mp4", "wav", null, null, "pcm_s16le")]
    [InlineData("media/vp9-opus.webm", "opus", null, null, "opus")]
    [InlineData("media/audio.flac", "flac", null, null, "flac")]
    [InlineData("media/hls-ts/master.m3u8", "mp4", "360p", "h264", "aac")]
    [InlineData("media/hls-fmp4/master.m3u8", "mp4", null, "h264", "aac")]
    [InlineData("media/hls-aes/index.m3u8", "mp4", null, "h264", "aac")]
    [InlineData("media/hls-ranges/index.m3u8", "mp4", null, "h264", "aac")]
    [InlineData("media/hls-discontinuity/index.m3u8", "mp4", null, "h264", "aac")]
    [InlineData("media/dash/manifest.mpd", "mp4", "720p", "h264", "aac")]
    [InlineData("media/dash-list/manifest.mpd", "mp4", null, "h264", "aac")]
    [InlineData("media/dash-numbers/manifest.mpd", "mkv", null, "h264", "aac")]
    [InlineData("media/dash-periods/manifest.mpd", "mp4", null, "h264", "aac")]
    [InlineData("page/video", "mp4", null, "h264", "aac")]
    public async Task An_address_goes_in_and_a_good_file_comes_out(
        string path,
        string format,
        string? quality,
        string? video,
        string? audio
    )
    {
        var result = await RunAsync(path, format, quality);

        Assert.Equal(video, result.VideoCodec);
        Assert.Equal(audio, result.AudioCodec);
        Assert.Equal(format, result.Container.Name);
        Assert.Equal($".{format}", Path.GetExtension(result.Path));
        Assert.Equal(new FileInfo(result.Path).Length, result.Size);
        Assert.InRange(
            result.Duration.TotalSeconds,
            9.9,
            path.StartsWith("page", StringComparison.Ordinal) ? 62 : 12.2
        );
        // The file and nothing else.
        Assert.Equal([result.Path], Directory.EnumerateFileSystemEntries(_directory));
        Assert.Equal(_progress.Select(one => one.Percent).Order(), _progress.Select(one => one.Percent));
        Assert.Equal(100, _progress[^1].Percent);
    }

    [Theory]
    [InlineData("media/small.mp4?rate=1000000&latency=20", "mp4")]
    [InlineData("media/moov-last.mp4?rate=1000000&latency=20", "mp3")]
    [InlineData("media/small.mkv?rate=1000000&latency=20", "mkv")]
    [InlineData("no-range/moov-last.mp4?rate=2000000", "mp4")]
    [InlineData("paced/1000000/20/media/hls-ts/master.m3u8", "mp4")]
    [InlineData("paced/1000000/20/media/hls-fmp4/master.m3u8", "mp4")]
    [InlineData("paced/300000/20/media/hls-aes/index.m3u8", "mp3")]
    [InlineData("paced/300000/20/media/hls-discontinuity/index.m3u8", "mp4")]
    [InlineData("paced/300000/20/media/hls-ranges/index.m3u8", "mp4")]
    [InlineData("paced/1000000/20/media/dash/manifest.mpd", "mp4")]
    [InlineData("paced/300000/20/media/dash-periods/manifest.mpd", "mp4")]
    public async Task What_comes_slowly_is_converted_while_it_comes(string path, string format)
    {
        var result = await RunAsync(path, format, null);

        Assert.InRange(result.Duration.TotalSeconds, 9.9, 12.2);
        Assert.Equal([result.Path], Directory.EnumerateFileSystemEntries(_directory));
        Assert.Equal(_progress.Select(one => one.Percent).Order(), _progress.Select(one => one.Percent));
        Assert.Equal(_progress.Select(one => one.Stage).Order(), _progress.Select(one => one.Stage));
        Assert.Equal(100, _progress[^1].Percent);
    }

    [Fact]
    public async Task A_fetch_that_fails_half_way_is_what_is_reported_and_never_a_broken_file()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync("cut/small.mp4?rate=4000000", "mp4", null)
        );

        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Contains("cut the file short", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task A_picture_above_what_was_asked_is_scaled_down()
    {
        var result = await RunAsync("media/vertical.mp4", "mp4", "360p");

        Assert.Equal((360, 640), (result.Width, result.Height));
    }

    [Fact]
    public async Task A_thumbnail_is_a_frame_where_the_source_has_none()
    {
        var result = await RunAsync("media/small.mp4", "mp3", null, thumbnail: true);

        Assert.NotNull(result.ThumbnailPath);
        Assert.Equal(
            [0xFF, 0xD8, 0xFF],
            (await File.ReadAllBytesAsync(result.ThumbnailPath, TestContext.Current.CancellationToken))[..3]
        );
    }

    [Theory]
    [InlineData("status/404", "content_not_found")]
    [InlineData("media/absent.mp4", "content_not_found")]
    [InlineData("status/500", "source_failed")]
    [InlineData("page/none", "unsupported_url")]
    [InlineData("cut/small.mp4", "source_failed")]
    [InlineData("reset/small.mp4", "source_failed")]
    [InlineData("wrong-length/small.mp4", "source_failed")]
    [InlineData("truncated/small.mp4", "source_failed")]
    [InlineData("truncated/small.mkv", "source_failed")]
    [InlineData("truncated/moov-last.mp4", "source_failed")]
    [InlineData("empty/video.mp4", "source_failed")]
    [InlineData("html/video.mp4", "unsupported_url")]
    [InlineData("html-as-media/video.mp4", "source_failed")]
    [InlineData("playlist-as/video.mp4", null)]
    [InlineData("ffconcat-as/video.mp4", null)]
    public async Task Bad_input_fails_with_its_code_and_leaves_nothing(string path, string? code)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => RunAsync(path, "mp4", null));

        if (code is not null)
            Assert.Equal(code, failure.Error.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task A_picture_asked_of_sound_is_unknown_format()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => RunAsync("media/audio.mp3", "mp4", null));

        Assert.Same(MediaError.UnknownFormat, failure.Error);
    }

    [Fact]
    public async Task What_exceeds_the_limit_is_refused_before_it_is_fetched()
    {
        await using var engine = LabEngine.Create(new EngineOptions { MaxBytes = 1_000_000 });
        var info = await engine.InspectAsync(
            lab.At("media/small.mp4"),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        var failure = Assert.Throws<MediaException>(() => engine.Plan(info, OutputRequest.Parse("mp4", null)));

        Assert.Same(MediaError.TooLarge, failure.Error);
        Assert.Equal(1_000_000L, failure.Figures["max_bytes"]);
    }

    [Fact]
    public async Task What_would_exceed_the_limit_once_made_is_refused_before_it_is_fetched()
    {
        // Ten seconds of 48 kHz stereo take 1.9 MB as wav, and less than half of that in the source.
        await using var engine = LabEngine.Create(new EngineOptions { MaxBytes = 1_000_000 });
        var info = Planning.SampleSources.Medium(Planning.SampleSources.Sound("a", "opus", 96)) with
        {
            Duration = TimeSpan.FromSeconds(10),
        };

        var failure = Assert.Throws<MediaException>(() => engine.Plan(info, OutputRequest.Parse("wav", null)));

        Assert.Same(MediaError.TooLarge, failure.Error);
        Assert.Equal(1_920_000L, failure.Figures["estimated_bytes"]);
        Assert.Equal(["a"], engine.Plan(info, OutputRequest.Parse("opus", null)).Sources.Select(source => source.Id));
    }

    [Fact]
    public async Task Looking_up_a_plain_file_tells_what_is_inside()
    {
        var info = await lab.Engine.InspectAsync(
            lab.At("media/small.mp4"),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        var format = Assert.Single(info.Formats);
        Assert.InRange(info.Duration!.Value.TotalSeconds, 9.9, 10.1);
        Assert.Equal(("h264", "aac", 1280, 720), (format.VideoCodec, format.AudioCodec, format.Width, format.Height));
        Assert.True(format.CodecsKnown);
        Assert.False(format.SizeIsEstimate);
    }

    [Fact]
    public async Task Cancelling_ends_a_run_within_a_second_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var converting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = lab.Engine.RunAsync(
            lab.At("media/minute.mp4"),
            OutputRequest.Parse("webm", null),
            _directory,
            new DirectProgress<EngineProgress>(now =>
            {
                if (now.Stage == EngineStage.Converting && now.Percent > 70)
                    converting.TrySetResult();
            }),
            cancel.Token
        );
        await converting.Task.WaitAsync(Quiet.Patience, TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(1)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task Health_names_what_the_engine_stands_on()
    {
        var health = await lab.Engine.CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.True(health.Ready, string.Join('\n', health.Parts));
        Assert.Equal(
            ["ffmpeg", "ffprobe", "extractor", "javascript", "sandbox"],
            health.Parts.Select(part => part.Name)
        );
    }

    [Fact]
    public async Task Health_says_how_to_get_what_is_missing()
    {
        await using var engine = LabEngine.Create(new EngineOptions { FfmpegPath = "/nowhere/ffmpeg" });

        var health = await engine.CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.False(health.Ready);
        Assert.Contains("apt-get install ffmpeg", health.Parts[0].Detail, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<ExtractionResult> RunAsync(string path, string format, string? quality, bool thumbnail = false) =>
        lab.Engine.RunAsync(
            lab.At(path),
            OutputRequest.Parse(format, quality) with
            {
                IncludeThumbnail = thumbnail,
            },
            _directory,
            new DirectProgress<EngineProgress>(_progress.Add),
            TestContext.Current.CancellationToken
        );
}
