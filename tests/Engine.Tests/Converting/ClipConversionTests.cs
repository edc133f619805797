using System.Globalization;
using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Converting;

/// <summary>Clips and loudness through the real ffmpeg: ten seconds with a key frame every two.</summary>
public sealed class ClipConversionTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    // Copied: from the key frame at 2 s, which mp4 can hide from players and mkv cannot.
    [InlineData("mp4", CutPoint.Keyframe, 3.0, 3.1)]
    [InlineData("mkv", CutPoint.Keyframe, 4.0, 4.1)]
    // Encoded, or sound alone: where it was asked.
    [InlineData("avi", CutPoint.Frame, 2.9, 3.1)]
    [InlineData("webm", CutPoint.Frame, 2.9, 3.1)]
    [InlineData("mp3", CutPoint.Frame, 2.9, 3.1)]
    [InlineData("m4a", CutPoint.Frame, 2.9, 3.1)]
    [InlineData("wav", CutPoint.Frame, 2.9, 3.1)]
    public async Task A_clip_is_cut_at_the_frame_or_says_that_it_was_not(
        string container,
        CutPoint at,
        double least,
        double most
    )
    {
        var made = await MakeAsync(container, new Refinement { ClipStart = "3", ClipEnd = "6" });

        Assert.Equal(at, made.Plan.Cut!.At);
        Assert.InRange(made.Media.Played.TotalSeconds, least, most);
    }

    [Fact]
    public async Task A_clip_without_an_end_goes_to_the_mediums()
    {
        var made = await MakeAsync("wav", new Refinement { ClipStart = "0:07" });

        Assert.InRange(made.Media.Played.TotalSeconds, 2.9, 3.1);
    }

    [Fact]
    public async Task A_clips_chapters_are_those_that_lie_in_it()
    {
        var info = Conversions.Unknown with
        {
            Chapters =
            [
                new(TimeSpan.Zero, TimeSpan.FromSeconds(2), "Before"),
                new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), "Within"),
                new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), "After"),
            ],
        };

        var made = await MakeAsync("m4a", new Refinement { ClipStart = "3", ClipEnd = "6" }, info);

        var lines = await Conversions.ShowAsync(made.Path, "-show_chapters");
        Assert.Equal(
            ["start_time=0.000000", "start_time=2.000000"],
            lines.Where(line => line.StartsWith("start_time", StringComparison.Ordinal))
        );
        Assert.Contains("TAG:title=Within", lines);
    }

    [Theory]
    [InlineData("mp3", -16)]
    [InlineData("m4a", -23)]
    [InlineData("wav", -16)]
    [InlineData("mp4", -16)]
    public async Task Loudness_comes_out_as_asked_at_the_sources_sample_rate(string container, double target)
    {
        var made = await MakeAsync(container, new Refinement { Normalize = target });

        Assert.Equal(44_100, made.Media.Audio!.SampleRate);
        Assert.InRange(await Conversions.LoudnessAsync(made.Path), target - 0.7, target + 0.7);
    }

    [Fact]
    public async Task Silence_stays_silent()
    {
        var silence = await files.MakeAsync("silence.wav", "-f", "lavfi", "-i", "anullsrc=r=44100:cl=stereo:d=2");
        var request = OutputRequest.Parse("mp3", null).Refine(new Refinement { Normalize = -16 });

        var made = await Conversions.RunAsync(silence, request, files.NewDirectory());

        Assert.Equal("mp3", made.Media.Audio!.Codec);
    }

    private async Task<Converted> MakeAsync(string container, Refinement words, MediaInfo? info = null) =>
        await Conversions.RunAsync(
            await files.MakeAsync(
                "ten.mp4",
                [
                    .. MediaFiles.Picture(160, 90, 10),
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=440:r=44100:d=10",
                    .. MediaFiles.H264,
                    "-g",
                    "50",
                    "-c:a",
                    "aac",
                ]
            ),
            OutputRequest.Parse(container, null).Refine(words),
            files.NewDirectory(),
            info: info
        );
}
