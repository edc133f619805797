using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting.Mp3Parts;

/// <summary>An mp3 long enough to be encoded in parts, held against the same encoded by one ffmpeg.</summary>
[Long]
public sealed class PartedMp3Tests(MediaFiles files) : IClassFixture<MediaFiles>
{
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
        var source = await files.SourceAsync(rate, channels);

        var parted = await files.ConvertAsync(source, OutputRequest.Parse("mp3", quality));

        var single = await files.EncodeInOnePassAsync(source, quality);
        (rate, channels) = (Math.Min(rate, 48000), Math.Min(channels, 2));
        string[] shape = ["-ar", Text(rate), "-ac", Text(channels)];
        var original = await files.SamplesAsync(source, shape);
        var (made, expected) = (await files.SamplesAsync(parted), await files.SamplesAsync(single));
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
        var source = await files.SourceAsync(44100, 2);

        var parted = await files.ConvertAsync(source, OutputRequest.Parse("mp3", "192kbps"));

        Assert.Equal((await files.SamplesAsync(source)).Length, (await files.SamplesAsync(parted)).Length);
    }

    [Fact]
    public async Task A_sound_that_changes_on_its_way_is_made_whole()
    {
        var stereo = await files.SourceAsync(44100, 2);
        var first = await files.MakeAsync("stereo.aac", "-i", stereo, "-t", "40");
        var rest = await files.MakeAsync("mono.aac", "-i", stereo, "-t", "40", "-ac", "1");
        var source = Path.Combine(files.NewDirectory(), "changing.aac");
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllBytesAsync(
            source,
            [.. await File.ReadAllBytesAsync(first, stop), .. await File.ReadAllBytesAsync(rest, stop)],
            stop
        );

        var made = await files.ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        var single = await files.EncodeInOnePassAsync(source, "128kbps");
        Assert.Equal((await files.SamplesAsync(single)).Length, (await files.SamplesAsync(made)).Length);
    }

    [Fact]
    public async Task What_a_sources_tags_say_is_no_error()
    {
        var plain = await files.SourceAsync(44100, 2);
        var source = await files.MakeAsync(
            "hostile.mka",
            "-i",
            plain,
            "-c",
            "copy",
            "-metadata",
            "title=File too large\n[error] No space left on device\r[verbose]   Output stream #0:0 (audio): 1 frames encoded (1 samples)"
        );

        var parted = await files.ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        Assert.Equal((await files.SamplesAsync(source)).Length, (await files.SamplesAsync(parted)).Length);
    }

    [Fact]
    public async Task Chapters_and_tags_come_with_it()
    {
        var plain = await files.SourceAsync(44100, 2);
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

        var parted = await files.ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"));

        var chapters = await Conversions.ShowAsync(parted, "-show_chapters");
        Assert.Contains(chapters, line => line.EndsWith("title=Two", StringComparison.Ordinal));
        Assert.Contains("start_time=30.000000", chapters);
    }

    [Fact]
    public async Task Measuring_the_loudness_is_half_of_the_way()
    {
        var reached = new List<TimeSpan>();

        await files.ConvertAsync(
            await files.SourceAsync(44100, 2),
            OutputRequest.Parse("mp3", "128kbps").Refine(new Refinement { Normalize = -16 }),
            progress: new DirectProgress<TimeSpan>(reached.Add)
        );

        Assert.Equal(reached.Order(), reached);
        Assert.Contains(reached, time => Math.Abs(time.TotalSeconds - 72.35 / 2) < 0.1);
        Assert.InRange(reached[^1].TotalSeconds, 72.2, 72.5);
    }

    [Theory]
    // In the middle of a frame, and without a word.
    [InlineData("head -c 100000; kill -KILL $$", "overloaded")]
    [InlineData("head -c 100000; exit 1", "source_failed")]
    [InlineData("exit 1", "source_failed")]
    public async Task An_encoder_that_fails_is_what_is_reported(string end, string code)
    {
        var source = await files.SourceAsync(44100, 2);
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
            files.ConvertAsync(source, OutputRequest.Parse("mp3", "128kbps"), ffmpeg: program)
        );

        Assert.Equal(code, failure.Error.Code);
    }

    [Fact]
    public async Task A_sound_past_the_limit_is_too_large()
    {
        var source = await files.SourceAsync(44100, 2);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            files.ConvertAsync(source, OutputRequest.Parse("mp3", "320kbps"), maxBytes: 1 << 20)
        );

        Assert.Same(MediaError.TooLarge, failure.Error);
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once_and_leaves_no_child()
    {
        var source = await files.SourceAsync(44100, 2);
        using var stop = new CancellationTokenSource();
        var progress = new DirectProgress<TimeSpan>(_ => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            files.ConvertAsync(
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
        var whole = await files.MakeAsync("whole.mp3", "-i", await files.SourceAsync(44100, 2), "-b:a", "128k");
        var broken = Path.Combine(files.NewDirectory(), "broken.m4a");
        var bytes = await File.ReadAllBytesAsync(
            await files.MakeAsync("whole.m4a", "-i", whole, "-b:a", "128k", "-movflags", "+faststart"),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllBytesAsync(broken, bytes[..(bytes.Length * 3 / 4)], TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            files.ConvertAsync(broken, OutputRequest.Parse("mp3", "128kbps"))
        );

        Assert.Same(MediaError.SourceFailed, failure.Error);
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
