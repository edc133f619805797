using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Verifying;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Verifying;

/// <summary>A good file, held to promises that it does not keep.</summary>
public sealed class PromiseCheckTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Fact]
    public async Task Every_promise_of_a_plan_is_held_against_the_file()
    {
        var (plan, read) = await MakeAsync("mp4", null);
        var promise = plan.Promise;

        Assert.Null(PromiseCheck.Breach(read, plan));
        Assert.Contains("not mkv", Broken(plan with { Container = Container.Mkv }), StringComparison.Ordinal);
        Assert.Equal("its picture is h264, not hevc", Broken(Promising(promise with { VideoCodec = "hevc" })));
        Assert.Equal("there is a picture that should not be", Broken(Promising(promise with { VideoCodec = null })));
        Assert.Equal("its sound is aac, not opus", Broken(Promising(promise with { AudioCodec = "opus" })));
        Assert.Equal("there is a sound that should not be", Broken(Promising(promise with { AudioCodec = null })));
        Assert.Equal(
            "its picture is 320x240, not 640x480",
            Broken(Promising(promise with { Picture = new PictureSize(640, 480) }))
        );
        Assert.Equal(
            "its subtitles are [], not [mov_text]",
            Broken(plan with { Subtitles = [new PlannedSubtitle("mov_text", "en", IsAutomatic: false)] })
        );

        ConversionPlan Promising(OutputPromise other) => plan with { Promise = other };
        string? Broken(ConversionPlan other) => PromiseCheck.Breach(read, other);
    }

    [Fact]
    public async Task A_sound_out_of_its_band_breaks_the_promise()
    {
        var (plan, read) = await MakeAsync("mp3", "128kbps");

        var other = plan with { Promise = plan.Promise with { Sound = new BitrateBand(180_000, 200_000) } };

        Assert.Matches("^its sound has 12[78] kbit/s, not 180 to 200$", PromiseCheck.Breach(read, other));
    }

    [Fact]
    public async Task A_stream_that_is_missing_breaks_the_promise()
    {
        var (plan, read) = await MakeAsync("mp3", "128kbps");

        var other = plan with { Promise = plan.Promise with { VideoCodec = "h264" } };

        Assert.Equal("its picture is missing", PromiseCheck.Breach(read, other));
    }

    private async Task<(ConversionPlan Plan, ReadThrough Read)> MakeAsync(string container, string? quality)
    {
        var source = await files.MakeAsync(
            "twelve.mp4",
            [
                .. MediaFiles.Picture(320, 240, 12),
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=12",
                .. MediaFiles.H264,
                "-c:a",
                "aac",
            ]
        );
        var made = await Conversions.RunAsync(source, OutputRequest.Parse(container, quality), files.NewDirectory());
        var ffprobe = new Ffprobe(new EngineOptions(), TimeProvider.System, NullLogger<Ffprobe>.Instance);
        return (made.Plan, await ffprobe.ReadThroughAsync(made.Path, TestContext.Current.CancellationToken));
    }
}
