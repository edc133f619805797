using System.Globalization;
using System.Runtime.InteropServices;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting.Mp3Parts;

/// <summary>An mp3 long enough to be encoded in parts, held against the same encoded by one ffmpeg.</summary>
public sealed class PartedMp3Tests(MediaFiles files) : IClassFixture<MediaFiles>
{
    /// <summary>As many joints as there are cores, and more, and an end in the middle of a frame.</summary>
    private const string Length = "72.34567";

    public static TheoryData<int, int, string> Sounds =>
        new()
        {
            { 44100, 2, "128kbps" },
            { 48000, 1, "320kbps" },
            { 22050, 2, "64kbps" },
            // More of both than an mp3 can have.
            { 96000, 3, "128kbps" },
        };

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Parts_join_without_a_seam(int rate, int channels, string quality)
    {
        var source = await SourceAsync(rate, channels);

        var parted = await ConvertAsync(source, OutputRequest.Parse("mp3", quality));

        var single = await EncodeInOnePassAsync(source, quality);
        (rate, channels) = (Math.Min(rate, 48000), Math.Min(channels, 2));
        string[] shape = ["-ar", Text(rate), "-ac", Text(channels)];
        var original = await SamplesAsync(source, shape);
        var (made, expected) = (await SamplesAsync(parted), await SamplesAsync(single));
        Assert.Equal(expected.Length, made.Length);
        Assert.Equal(await DurationAsync(single), await DurationAsync(parted));
        // Around every place where a part may have begun, and between.
        var step = rate * channels / 2;
        for (var at = 0; at + step < original.Length; at += step)
        {
            var (error, usual) = (Error(made, original, at, step), Error(expected, original, at, step));
            Assert.True(
                error < usual + 0.5,
                $"At {(double)at / rate / channels:0.0} s the error is {error:0.00} dB, not {usual:0.00} dB"
            );
        }
    }

    [Fact]
    public async Task The_exact_length_survives_in_an_mp3()
    {
        var source = await SourceAsync(44100, 2);

        var parted = await ConvertAsync(source, OutputRequest.Parse("mp3", "192kbps"));

        Assert.Equal((await SamplesAsync(source)).Length, (await SamplesAsync(parted)).Length);
    }

    [Fact]
    public async Task A_sound_that_changes_on_its_way_is_made_whole()
    {
        var stereo = await SourceAsync(44100, 2);
        var first = await files.MakeAsync("stereo.aac", "-i", stereo, "-t", "40");
        var rest = await files.MakeAsync("mono.aac", "-i", stereo, "-t", "40", "-ac", "1");
        var source = Path.Combine(files.NewDirectory(), "changing.aac");
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllBytesAsync(
            source,
            [.. await File.ReadAllBytesAsync(first, stop), .. await File.ReadAllBytesAsync(rest, stop)],
            stop
        );

        var made = await ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        var single = await EncodeInOnePassAsync(source, "128kbps");
        Assert.Equal((await SamplesAsync(single)).Length, (await SamplesAsync(made)).Length);
    }

    [Fact]
    public async Task What_a_sources_tags_say_is_no_error()
    {
        var plain = await SourceAsync(44100, 2);
        var source = await files.MakeAsync(
            "hostile.mka",
            "-i",
            plain,
            "-c",
            "copy",
            "-metadata",
            "title=File too large\n[error] No space left on device\r[verbose]   Output stream #0:0 (audio): 1 frames encoded (1 samples)"
        );

        var parted = await ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        Assert.Equal((await SamplesAsync(source)).Length, (await SamplesAsync(parted)).Length);
    }

    [Fact]
    public async Task Chapters_and_tags_come_with_it()
    {
        var plain = await SourceAsync(44100, 2);
        var labels = Path.Combine(files.NewDirectory(), "labels");
        await File.WriteAllTextAsync(
            labels,
            ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=30\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1\nSTART=30\nEND=72\ntitle=Two\n",
            TestContext.Current.CancellationToken
        );
        var source = await files.MakeAsync(
            "chapters.mka",
            "-i",
            plain,
            "-i",
            labels,
            "-map_chapters",
            "1",
            "-c",
            "copy"
        );

        var parted = await ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        var chapters = await Conversions.ShowAsync(parted, "-show_chapters");
        Assert.Contains(chapters, line => line.EndsWith("title=Two", StringComparison.Ordinal));
        Assert.Contains("start_time=30.000000", chapters);
    }

    [Fact]
    public async Task Measuring_the_loudness_is_half_of_the_way()
    {
        var reached = new List<TimeSpan>();

        await ConvertAsync(
            await SourceAsync(44100, 2),
            OutputRequest.Parse("mp3", "128kbps").Refine(new Refinement { Normalize = -16 }),
            progress: new DirectProgress<TimeSpan>(reached.Add)
        );

        Assert.Equal(reached.Order(), reached);
        Assert.Contains(reached, time => Math.Abs(time.TotalSeconds - 72.35 / 2) < 0.1);
        Assert.InRange(reached[^1].TotalSeconds, 72.2, 72.5);
    }

    [Theory]
    [InlineData(-6, 5, false)]
    [InlineData(-5, 5, true)]
    [InlineData(-6, 0, true)]
    public void A_sound_that_is_limited_on_its_way_is_made_in_one_pass(double peak, double range, bool isLimited)
    {
        var loudness = new Loudness(Integrated: -20, peak, range, Threshold: -30, Offset: 0);

        Assert.Equal(isLimited, loudness.IsLimitedFor(new EncodeAudio("mp3", 128_000) { Loudness = -16 }));
    }

    [Theory]
    // In the middle of a frame, and without a word.
    [InlineData("head -c 100000; kill -KILL $$", "overloaded")]
    [InlineData("head -c 100000; exit 1", "source_failed")]
    [InlineData("exit 1", "source_failed")]
    public async Task An_encoder_that_fails_is_what_is_reported(string end, string code)
    {
        var source = await SourceAsync(44100, 2);
        var program = Path.Combine(files.NewDirectory(), "ffmpeg");
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/bash\ncase \"$*\" in *-reservoir*) /usr/bin/ffmpeg \"$@\" 2>/dev/null | {{ {end}; }}; exit 1;; esac\nexec /usr/bin/ffmpeg \"$@\"\n",
            TestContext.Current.CancellationToken
        );
        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/chmod", ["+x", program]) { Access = null },
            TestContext.Current.CancellationToken
        );

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"), ffmpeg: program)
        );

        Assert.Equal(code, failure.Error.Code);
    }

    [Fact]
    public async Task A_sound_past_the_limit_is_too_large()
    {
        var source = await SourceAsync(44100, 2);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            ConvertAsync(source, OutputRequest.Parse("mp3", "320kbps"), maxBytes: 1 << 20)
        );

        Assert.Same(MediaError.TooLarge, failure.Error);
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once_and_leaves_no_child()
    {
        var source = await SourceAsync(44100, 2);
        using var stop = new CancellationTokenSource();
        var progress = new DirectProgress<TimeSpan>(_ => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ConvertAsync(
                source,
                OutputRequest.Parse("mp3", "320kbps"),
                progress: progress,
                cancellationToken: stop.Token
            )
        );
    }

    [Fact]
    public async Task A_source_that_breaks_off_is_source_failed()
    {
        var whole = await files.MakeAsync("whole.mp3", "-i", await SourceAsync(44100, 2), "-b:a", "128k");
        var broken = Path.Combine(files.NewDirectory(), "broken.m4a");
        var bytes = await File.ReadAllBytesAsync(
            await files.MakeAsync("whole.m4a", "-i", whole, "-b:a", "128k", "-movflags", "+faststart"),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllBytesAsync(broken, bytes[..(bytes.Length * 3 / 4)], TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            ConvertAsync(broken, OutputRequest.Parse("mp3", "128kbps"))
        );

        Assert.Same(MediaError.SourceFailed, failure.Error);
    }

    /// <summary>Tones that glide, bursts and noise: what is stationary would hide a seam.</summary>
    private Task<string> SourceAsync(int rate, int channels)
    {
        const string Left = "0.3*sin(2*PI*(200+30*t)*t)+0.2*sin(2*PI*1234*t)*lt(mod(t,0.5),0.1)+0.05*random(0)";
        const string Right = "0.3*sin(2*PI*(300+20*t)*t)+0.05*random(1)";
        var expression = string.Join('|', new[] { Left, Right, Left }.Take(channels));
        return files.MakeAsync(
            $"source-{rate}-{channels}.wav",
            "-f",
            "lavfi",
            "-i",
            $"aevalsrc='{expression}':s={rate}:d={Length}",
            "-c:a",
            "pcm_f32le"
        );
    }

    /// <summary>As one ffmpeg does it. Without the reservoir, too: what that is worth is no matter of seams (ADR 0016).</summary>
    private Task<string> EncodeInOnePassAsync(string source, string quality) =>
        files.MakeAsync(
            $"{Path.GetFileNameWithoutExtension(source)}-{quality}.mp3",
            [
                "-i",
                source,
                "-c:a",
                "libmp3lame",
                "-reservoir",
                "0",
                "-b:a",
                quality.Replace("bps", "", StringComparison.Ordinal),
            ]
        );

    private async Task<string> ConvertAsync(
        string source,
        OutputRequest request,
        long maxBytes = 1L << 30,
        IProgress<TimeSpan>? progress = null,
        string ffmpeg = "/usr/bin/ffmpeg",
        CancellationToken? cancellationToken = null
    )
    {
        var stop = cancellationToken ?? TestContext.Current.CancellationToken;
        var options = new EngineOptions { MaxBytes = maxBytes, FfmpegPath = ffmpeg };
        var probe = await new Ffprobe(options, TimeProvider.System, NullLogger<Ffprobe>.Instance).ProbeAsync(
            source,
            stop
        );
        var plan = ConversionPlanner.Plan(Planner.Plan(Conversions.Unknown, request), [probe]);
        var directory = files.NewDirectory();
        var output = Path.Combine(directory, "unverified");
        await new Ffmpeg(options, NullLogger<Ffmpeg>.Instance).ConvertAsync(
            plan,
            [source],
            null,
            [],
            output,
            progress ?? new DirectProgress<TimeSpan>(_ => { }),
            stop
        );
        Assert.Equal([output], Directory.GetFiles(directory));
        return output;
    }

    private async Task<float[]> SamplesAsync(string path, params string[] shape)
    {
        var samples = Path.Combine(files.NewDirectory(), "samples");
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                ["-v", "error", "-nostdin", "-i", path, .. shape, "-f", "f32le", samples]
            )
            {
                Access = null,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var bytes = await File.ReadAllBytesAsync(samples, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> DurationAsync(string path) =>
        (await Conversions.ShowAsync(path, "-show_entries", "stream=duration"))[0];

    /// <summary>Power of what was added to the sound (dB).</summary>
    private static double Error(float[] made, float[] original, int at, int length)
    {
        var sum = 0.0;
        for (var i = at; i < at + length; i++)
            sum += Math.Pow(made[i] - original[i], 2);
        return 10 * Math.Log10(sum / length + 1e-12);
    }
}
