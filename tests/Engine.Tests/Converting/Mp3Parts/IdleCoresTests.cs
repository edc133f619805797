using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting.Mp3Parts;

/// <summary>A long mp3 beside other encodings.</summary>
public sealed class IdleCoresTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task It_is_made_in_parts_while_no_other_encoding_runs(int running, bool isInParts)
    {
        var stop = TestContext.Current.CancellationToken;
        var source = await files.MakeAsync("minute.m4a", "-f", "lavfi", "-i", "sine=r=44100:d=61", "-b:a", "96k");
        var options = new EngineOptions { Encoders = 2 };
        var probe = await new Ffprobe(options, TimeProvider.System, NullLogger<Ffprobe>.Instance).ProbeAsync(
            source,
            stop
        );
        var plan = ConversionPlanner.Plan(
            Planner.Plan(Conversions.Unknown, OutputRequest.Parse("mp3", "128kbps")),
            [probe]
        );
        var ffmpeg = new Ffmpeg(options, NullLogger<Ffmpeg>.Instance);
        for (var one = 0; one < running; one++)
        {
            await ffmpeg.TakeSlotAsync(plan, Task.CompletedTask, stop);
        }

        var report = await ffmpeg.ConvertAsync(
            plan,
            [source],
            null,
            [],
            Path.Combine(files.NewDirectory(), "unverified"),
            new DirectProgress<TimeSpan>(_ => { }),
            stop
        );

        // One pass counts what it read and wrote; encoders of parts count for themselves.
        Assert.Equal(isInParts, report.Written.Count == 0);
    }
}
