using Decant.Engine.Errors;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>Files as others make them, through the whole engine.</summary>
public sealed class ForeignFileTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    private const string Quiet = "anoisesrc=c=pink:a=0.0002:r=44100:d=20";
    private const string Loud = "anoisesrc=c=white:a=0.8:r=44100:d=4";
    private const string Film = "testsrc2=s=160x120:r=25:d=4";

    private const string Chord =
        "aevalsrc='0.2*(sin(2*PI*261.6*t)+sin(2*PI*329.6*t)+sin(2*PI*392*t)+0.5*sin(2*PI*523.2*t))':s=44100:d=12";

    private static readonly string[] X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    public static TheoryData<string, string, string, double, string[]> Cases =>
        new()
        {
            {
                "Lengths that are estimates",
                "quiet-loud.aac",
                "m4a",
                24,
                Noise(Quiet, Loud, "-c:a", "aac", "-q:a", "2")
            },
            {
                "Lengths that are estimates",
                "loud-quiet.aac",
                "mp3",
                24,
                Noise(Loud, Quiet, "-c:a", "aac", "-q:a", "2")
            },
            {
                "Lengths that are estimates",
                "no-xing.mp3",
                "mp3",
                24,
                Noise(Loud, Quiet, "-q:a", "2", "-write_xing", "0", "-id3v2_version", "0")
            },
            { "Tonal sound", "chord.m4a", "opus", 12, Sound(Chord, "-ac", "2", "-c:a", "aac", "-b:a", "96k") },
            { "Tonal sound", "chord.wav", "ogg", 12, Sound(Chord) },
            { "Other people's formats", "raw.h264", "mp4", 4, [.. Sound(Film), .. X264, "-bf", "2"] },
            {
                "Other people's formats",
                "raw.hevc",
                "mkv",
                4,
                [.. Sound(Film), "-c:v", "libx265", "-x265-params", "log-level=none"]
            },
            {
                "Other people's formats",
                "stereo.spx",
                "m4a",
                4,
                Sound("sine=r=32000:d=4", "-ac", "2", "-c:a", "libspeex")
            },
            {
                "Other people's formats",
                "program.mpg",
                "mkv",
                4,
                [.. Sound(Film, "-f", "lavfi", "-i", "sine=d=4"), "-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2"]
            },
            { "Other people's formats", "reordered.avi", "mkv", 4, Sound(Film, "-c:v", "mpeg4", "-bf", "2") },
            { "Other people's formats", "moves.ivf", "webm", 4, Sound(Film, "-c:v", "libvpx") },
            { "Other people's formats", "sound.sox", "flac", 4, Sound("sine=d=4", "-f", "sox") },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_becomes_all_that_it_is(
        string kind,
        string name,
        string format,
        double seconds,
        string[] arguments
    )
    {
        var source = await files.MakeAsync(name, arguments);

        var made = await RunAsync(source, Path.GetFileName(source), format);

        Assert.Equal(seconds, made.Duration.TotalSeconds, tolerance: 0.2);
        Assert.Null(made.AnnouncedDuration);
        FidelityTable.Record(
            kind,
            $"{name} to {format}",
            await StreamShape.DescribeAsync(source),
            await StreamShape.DescribeAsync(made.Path)
        );
    }

    [Fact]
    public async Task Junk_behind_a_sound_is_no_sound()
    {
        var source = await files.MakeAsync("junk.mp3", Noise(Loud, Quiet, "-q:a", "2", "-write_xing", "0"));
        await using (var file = new FileStream(source, FileMode.Append))
            await file.WriteAsync(new byte[200_000], TestContext.Current.CancellationToken);

        var made = await RunAsync(source, "junk.mp3", "mp3");

        Assert.Equal(24, made.Duration.TotalSeconds, tolerance: 0.2);
        FidelityTable.Record(
            "Lengths that are estimates",
            "junk.mp3 to mp3",
            "24 s, then 200,000 bytes of nothing",
            await StreamShape.DescribeAsync(made.Path)
        );
    }

    [Fact]
    public async Task A_sound_that_is_announced_and_never_comes_is_no_sound()
    {
        var sound = await files.MakeAsync("second.m4a", Sound("sine=d=1"));
        string[] nothing = ["-i", sound, "-map", "0", "-map", "1", "-c:a", "copy", "-bsf:a", "noise=drop=1"];
        var source = await files.MakeAsync("announced.ts", [.. Sound(Film), .. nothing, .. X264]);

        var made = await RunAsync(source, "announced.ts", "mp4");

        Assert.Equal(("h264", null), (made.VideoCodec, made.AudioCodec));
        Assert.Equal(4, made.Duration.TotalSeconds, tolerance: 0.1);
        var refusal = await Assert.ThrowsAsync<MediaException>(() => RunAsync(source, "announced.ts", "mp3"));
        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        FidelityTable.Record(
            "Other people's formats",
            "announced.ts to mp4",
            "a picture, and a sound without a packet",
            await StreamShape.DescribeAsync(made.Path)
        );
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("webm")]
    public async Task A_film_without_a_packet_is_the_sources_fault(string container)
    {
        var film = await files.MakeAsync("film.mp4", [.. Sound(Film), .. X264]);
        var source = await files.MakeAsync(
            "empty.mp4",
            "-i",
            film,
            "-c",
            "copy",
            "-bsf:v",
            "noise=drop=1",
            "-movflags",
            "empty_moov"
        );

        var refusal = await Assert.ThrowsAsync<MediaException>(() => RunAsync(source, "empty.mp4", container));

        Assert.Same(MediaError.SourceFailed, refusal.Error);
        Assert.StartsWith("The source's file ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_file_is_delivered_although_its_page_announces_more()
    {
        var source = await files.Mp4Async();
        await using var origin = await ServedFolder.StartAsync(Path.GetDirectoryName(source)!);
        await WritePageAsync(
            new Uri(origin.Url, Path.GetFileName(source)),
            "PT1M",
            Path.ChangeExtension(source, ".html")
        );

        var made = await lab.RunAsync(
            new Uri(origin.Url, Path.GetFileName(Path.ChangeExtension(source, ".html"))),
            "mp4",
            files.NewDirectory()
        );

        Assert.Equal(3, made.Duration.TotalSeconds, tolerance: 0.1);
        Assert.Equal(60, made.AnnouncedDuration?.TotalSeconds);
        FidelityTable.Record(
            "Pages that announce too much",
            "60 s of a whole mp4",
            await StreamShape.DescribeAsync(source),
            $"{await StreamShape.DescribeAsync(made.Path)}; announced_duration 60"
        );
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mp3")]
    public async Task A_file_that_was_cut_is_found_out(string format)
    {
        var whole = await files.Mp4Async();
        var source = Path.Combine(Path.GetDirectoryName(whole)!, $"cut-{format}.mp4");
        var bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(source, bytes[..(bytes.Length * 2 / 3)], TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync(source, Path.GetFileName(source), format)
        );

        Assert.Same(MediaError.SourceFailed, refusal.Error);
        Assert.StartsWith("The source's file is broken: ", refusal.Message, StringComparison.Ordinal);
        FidelityTable.Record("Files that were cut", $"mp4 to {format}", "two thirds of its bytes", refusal.Message);
    }

    private async Task<ExtractionResult> RunAsync(string source, string name, string format)
    {
        await using var origin = await ServedFolder.StartAsync(Path.GetDirectoryName(source)!);
        return await lab.RunAsync(new Uri(origin.Url, name), format, files.NewDirectory());
    }

    /// <summary>A page that says of its video what https://schema.org/VideoObject has words for.</summary>
    private static Task WritePageAsync(Uri medium, string duration, string path) =>
        File.WriteAllTextAsync(
            path,
            $$"""
            <!doctype html><title>A film</title><script type="application/ld+json">{"@context": "https://schema.org", "@type": "VideoObject",
            "name": "A film", "contentUrl": "{{medium}}", "duration": "{{duration}}", "uploadDate": "2026-01-01"}</script>
            """,
            TestContext.Current.CancellationToken
        );

    private static string[] Sound(string source, params string[] arguments) =>
        ["-f", "lavfi", "-i", source, .. arguments];

    private static string[] Noise(string first, string then, params string[] arguments) =>
        [.. Sound(first), .. Sound(then), "-filter_complex", "[0][1]concat=n=2:v=0:a=1", .. arguments];
}
