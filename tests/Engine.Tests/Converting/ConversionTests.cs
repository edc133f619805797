using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting;

/// <summary>From a file on disk through the planner, the real ffmpeg and the real ffprobe.</summary>
public sealed class ConversionTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private readonly Ffprobe _ffprobe = new(new EngineOptions(), TimeProvider.System, NullLogger<Ffprobe>.Instance);
    private readonly Ffmpeg _ffmpeg = new(new EngineOptions(), NullLogger<Ffmpeg>.Instance);

    public static TheoryData<string> Containers => [.. Container.All.Select(container => container.Name)];

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task Every_container_is_made_and_kept_to_its_promise(string container)
    {
        var source = await files.Mp4Async();

        var (media, plan, _) = await ConvertAsync(source, OutputRequest.Parse(container, null));

        Assert.Equal(plan.Container.IsAudio, media.Video is null);
        Assert.InRange(media.Played.TotalSeconds, 2.9, 3.2);
    }

    [Theory]
    // What fits is copied.
    [InlineData("h264", "aac", "mp4", "copy h264, copy aac")]
    [InlineData("h264", "aac", "mkv", "copy h264, copy aac")]
    [InlineData("h264", "aac", "mov", "copy h264, copy aac")]
    [InlineData("h264", "aac", "flv", "copy h264, copy aac")]
    [InlineData("h264", "aac", "m4a", "copy aac")]
    [InlineData("h264", "aac", "aac", "copy aac")]
    [InlineData("hevc", "ac3", "mp4", "copy hevc, copy ac3")]
    [InlineData("vp9", "opus", "webm", "copy vp9, copy opus")]
    [InlineData("vp9", "opus", "opus", "copy opus")]
    [InlineData("vp9", "opus", "ogg", "copy opus")]
    // The rest is encoded to what players of such files expect.
    [InlineData("vp9", "opus", "avi", "encode mpeg4, encode mp3")]
    [InlineData("h264", "aac", "avi", "encode mpeg4, encode mp3")]
    [InlineData("vp8", "opus", "mp4", "encode h264, encode aac")]
    [InlineData("h264", "flac", "mp4", "copy h264, encode aac")]
    [InlineData("h264", "aac", "webm", "encode vp9, encode opus")]
    [InlineData("h264", "flac", "wav", "encode pcm_s16le")]
    [InlineData("h264", "pcm_s24le", "flac", "encode flac")]
    [InlineData("h264", "aac", "ogg", "encode vorbis")]
    public async Task Streams_are_copied_where_they_fit(string video, string audio, string container, string expected)
    {
        var source = await files.MakeAsync(
            $"{video}-{audio}.mkv",
            [
                .. MediaFiles.Picture(320, 240),
                .. MediaFiles.Sound,
                .. Codec(video),
                "-c:a",
                audio is "opus" ? "libopus" : audio,
                "-ac",
                "2",
            ]
        );

        var (media, plan, _) = await ConvertAsync(source, OutputRequest.Parse(container, null));

        Assert.Equal(
            expected,
            string.Join(
                ", ",
                plan.Streams.Select(stream =>
                    $"{(stream.Treatment is CopyStream ? "copy" : "encode")} {stream.Treatment.OutputCodec}"
                )
            )
        );
        Assert.Equal(plan.Promise.AudioCodec, media.Audio?.Codec);
    }

    [Theory]
    [InlineData("yuv420p10le", "mp4", false)]
    [InlineData("yuv444p", "mp4", false)]
    [InlineData("yuv444p", "mkv", true)]
    public async Task A_pixel_format_that_does_not_play_is_encoded(string pixels, string container, bool copied)
    {
        var source = await files.MakeAsync(
            $"{pixels}.mkv",
            [.. MediaFiles.Picture(320, 240), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", pixels]
        );

        var (_, plan, _) = await ConvertAsync(source, OutputRequest.Parse(container, null));

        Assert.Equal(copied, plan.Streams[0].Treatment is CopyStream);
    }

    [Theory]
    [InlineData(321, 241, "webm", null, 320, 240)]
    [InlineData(640, 360, "mp4", "240p", 426, 240)]
    [InlineData(360, 640, "mp4", "240p", 240, 426)]
    [InlineData(320, 240, "mp4", "1080p", 320, 240)]
    public async Task Pictures_are_even_and_never_larger(
        int width,
        int height,
        string container,
        string? quality,
        int outWidth,
        int outHeight
    )
    {
        var source = await files.MakeAsync(
            $"{width}x{height}.mkv",
            [.. MediaFiles.Picture(width, height, 1), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"]
        );

        var (media, _, _) = await ConvertAsync(source, OutputRequest.Parse(container, quality));

        Assert.Equal((outWidth, outHeight), (media.Video!.Width, media.Video.Height));
    }

    [Theory]
    [InlineData("mp4", true)]
    [InlineData("mov", true)]
    [InlineData("mkv", false)]
    [InlineData("webm", false)]
    public async Task A_turned_picture_stands_upright_in_every_container(string container, bool copied)
    {
        var upright = await files.Mp4Async();
        var turned = await files.MakeAsync("turned.mp4", "-i", upright, "-c", "copy", "-metadata:s:v", "rotate=90");

        var (media, plan, _) = await ConvertAsync(turned, OutputRequest.Parse(container, null));

        Assert.Equal(copied, plan.Streams[0].Treatment is CopyStream);
        Assert.Equal(new PictureSize(240, 320), VideoTreatment.SizeOf(media.Video!));
    }

    [Theory]
    [InlineData("mp3", "320kbps", 320)]
    [InlineData("mp3", "100kbps", 96)]
    [InlineData("mp3", "worst", 64)]
    // 96 kbit/s of AAC are worth 115 of MP3.
    [InlineData("mp3", "best", 128)]
    public async Task Sound_gets_the_rate_that_was_asked_or_what_it_is_worth(
        string container,
        string quality,
        int kilobits
    )
    {
        var (media, _, _) = await ConvertAsync(await files.Mp4Async(), OutputRequest.Parse(container, quality));

        Assert.Equal(kilobits * 1000, media.Audio!.Bitrate);
    }

    [Fact]
    public async Task Surround_sound_is_kept_where_it_fits_and_mixed_down_where_not()
    {
        var source = await files.MakeAsync(
            "surround.mkv",
            "-f",
            "lavfi",
            "-i",
            "sine=440:d=2",
            "-ac",
            "6",
            "-c:a",
            "ac3"
        );

        var (opus, _, _) = await ConvertAsync(source, OutputRequest.Parse("opus", null));
        var (mp3, _, _) = await ConvertAsync(source, OutputRequest.Parse("mp3", null));

        Assert.Equal((6, 2), (opus.Audio!.Channels, mp3.Audio!.Channels));
    }

    [Fact]
    public async Task Tags_are_written()
    {
        var (_, _, path) = await ConvertAsync(
            await files.Mp4Async(),
            OutputRequest.Parse("mp3", null) with
            {
                Title = "Ein Lied; drei = vier 🎵",
            }
        );

        var lines = new List<string>();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffprobe",
                ["-v", "error", "-show_entries", "format_tags", "-of", "default=nw=1", path]
            )
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.Contains("TAG:title=Ein Lied; drei = vier 🎵", lines);
        Assert.Contains("TAG:artist=Somebody", lines);
        Assert.Contains("TAG:date=2026-01-15", lines);
        Assert.Contains("TAG:comment=https://media.test/watch?v=aaaaaaaaaaa", lines);
    }

    [Theory]
    [InlineData("plain.mp4")]
    [InlineData("plain.webm")]
    [InlineData("plain.mp3")]
    public async Task A_file_cut_short_is_source_failed(string name)
    {
        var whole =
            name == "plain.mp4"
                ? await files.Mp4Async()
                : await files.MakeAsync(name, [.. Input(name), .. MediaFiles.Sound]);
        var bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        var cut = Path.Combine(files.NewDirectory(), name);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            ConvertAsync(
                cut,
                OutputRequest.Parse("mkv", null) with
                {
                    Container = name.EndsWith('3') ? Container.Mp3 : Container.Mkv,
                }
            )
        );

        Assert.Same(MediaError.SourceFailed, failure.Error);
    }

    [Theory]
    [InlineData("<!doctype html><html><body>Please sign in</body></html>", "source_failed")]
    [InlineData("", "source_failed")]
    [InlineData("#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "source_failed")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n", "unsupported_url")]
    [InlineData("v=0\nm=video 5004 RTP/AVP 96\n", "source_failed")]
    public async Task What_is_no_medium_is_never_opened(string content, string code)
    {
        var path = Path.Combine(files.NewDirectory(), "video.mp4");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            _ffprobe.ProbeAsync(path, TestContext.Current.CancellationToken)
        );

        Assert.Equal(code, failure.Error.Code);
        Assert.DoesNotContain("/", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_overloaded_and_not_the_sources_fault()
    {
        var media = await _ffprobe.ProbeAsync(await files.Mp4Async(), TestContext.Current.CancellationToken);
        var plan = Plan(media, OutputRequest.Parse("mkv", null));

        var failure = await Assert.ThrowsAsync<MediaException>(async () =>
            await _ffmpeg.ConvertAsync(
                plan,
                [await files.Mp4Async()],
                null,
                [],
                "/dev/full",
                new DirectProgress<TimeSpan>(_ => { }),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Same(MediaError.Overloaded, failure.Error);
    }

    private async Task<Converted> ConvertAsync(string source, OutputRequest request) =>
        await Conversions.RunAsync(source, request, files.NewDirectory());

    private static ConversionPlan Plan(ProbedMedia media, OutputRequest request) =>
        ConversionPlanner.Plan(Planner.Plan(Conversions.Unknown, request), [media]);

    private static string[] Input(string name) =>
        name.EndsWith("webm", StringComparison.Ordinal) ? MediaFiles.Picture(320, 240) : [];

    private static string[] Codec(string video) =>
        video switch
        {
            "h264" => MediaFiles.H264,
            "hevc" => ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"],
            "vp8" => ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"],
            _ => ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"],
        };
}
