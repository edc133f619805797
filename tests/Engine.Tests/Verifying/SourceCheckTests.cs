using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Verifying;

namespace Decant.Engine.Tests.Verifying;

/// <summary>A file with a picture of 12 s and a sound of 12 s, and sources that had more.</summary>
public sealed class SourceCheckTests
{
    private static readonly PlannedStream Picture = new(0, 0, new CopyStream("h264", IsVideo: true))
    {
        SourceFrameRate = 25,
    };

    private static readonly PlannedStream Sound = new(0, 1, new CopyStream("aac", IsVideo: false));

    public static TheoryData<string?, double, double, double, double> Ends =>
        new()
        {
            { null, 12, 12, 12, 12 },
            { null, 2, 12, 2, 12 },
            { "its picture plays 2.0 s of 12.0 s", 2, 12, 12, 12 },
            { "its sound plays 9.0 s of 12.0 s", 12, 9, 12, 12 },
            { null, 12, 12, 11.5, 12.9 },
            { null, 12, 12, 6, 12 },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_stream_ends_where_its_source_does_however_long_another_is(
        string? fault,
        double picture,
        double sound,
        double pictureOfSource,
        double soundOfSource
    )
    {
        var plan = Plan(
            Picture with
            {
                Length = Length(pictureOfSource),
            },
            Sound with
            {
                Length = Length(soundOfSource),
            }
        );

        Assert.Equal(fault, SourceCheck.Breach(Made(picture, sound), plan, ConversionReport.None)?.Text);
    }

    [Fact]
    public void Of_a_length_that_is_said_of_all_streams_together_the_longest_has_to_have_it()
    {
        var shared = new StreamLength(TimeSpan.FromSeconds(12), IsShared: true, IsOfSegments: false);
        var plan = Plan(Picture with { Length = shared }, Sound with { Length = shared });

        Assert.Null(SourceCheck.Breach(Made(12, 5), plan, ConversionReport.None));
        Assert.Equal("it plays 8.0 s of 12.0 s", SourceCheck.Breach(Made(8, 5), plan, ConversionReport.None)?.Text);
    }

    [Fact]
    public void A_clock_that_jumps_is_no_length()
    {
        var jumping = Made(12, 12) with { };
        var stream = jumping.Audio! with { Packets = jumping.Audio!.Packets! with { End = TimeSpan.FromHours(26) } };
        var plan = Plan(Picture, Sound with { Length = Length(12) });

        var fault = SourceCheck.Breach(
            jumping with
            {
                Streams = [jumping.Video!, stream],
            },
            plan,
            ConversionReport.None
        );

        Assert.Equal("its sound plays 93600.0 s of 12.0 s", fault?.Text);
        Assert.False(fault?.IsOfSource);
    }

    [Fact]
    public void What_was_read_is_what_is_written_and_there()
    {
        var report = ConversionReport.Of([
            "[verbose]   Input stream #0:0 (video): 300 packets read (1000 bytes); ",
            "[in#0/mov @ 0x55] [verbose]   Input stream #0:1 (audio): 600 packets read (1000 bytes); ",
            "[info]   Input stream #0:1 (audio): 999 packets read (1000 bytes); ",
            "[verbose]   Output stream #0:0 (video): 300 packets muxed (1000 bytes); ",
            "[verbose]   Output stream #0:1 (audio): 400 packets muxed (1000 bytes); ",
        ]);

        Assert.Equal(
            "of its sound 400 packets were written where 600 were read",
            SourceCheck.Breach(Made(12, 12), Plan(Picture, Sound), report)?.Text
        );
    }

    [Fact]
    public void A_sound_that_is_encoded_has_as_many_seconds_as_were_decoded()
    {
        var report = ConversionReport.Of([
            "[verbose]   Input stream #0:1 (audio): 517 packets read (1000 bytes); 517 frames decoded (529408 samples); ",
            "[verbose]   Output stream #0:0 (audio): 100 frames encoded (240000 samples); 100 packets muxed (1000 bytes); ",
        ]);
        var plan = Plan(Sound with { Treatment = new EncodeAudio("opus", 96000, null, 48000), SourceRate = 44100 });

        Assert.Equal(
            "of its sound 100 packets were written where 517 were read",
            SourceCheck.Breach(Made(12, 12), plan, report)?.Text
        );
    }

    private static StreamLength Length(double seconds) =>
        new(TimeSpan.FromSeconds(seconds), IsShared: false, IsOfSegments: false);

    private static ConversionPlan Plan(params PlannedStream[] streams) =>
        new()
        {
            Container = Container.Mp4,
            Streams = streams,
            Tags = [],
            Promise = new OutputPromise(),
        };

    private static ProbedMedia Made(double picture, double sound) =>
        new()
        {
            FormatName = "mov,mp4",
            Streams = [Stream(0, StreamKind.Video, 25, picture), Stream(1, StreamKind.Audio, 50, sound)],
        };

    private static ProbedStream Stream(int index, StreamKind kind, int rate, double seconds) =>
        new()
        {
            Index = index,
            Kind = kind,
            Codec = kind == StreamKind.Video ? "h264" : "aac",
            Packets = new ReadPackets((long)(rate * seconds), TimeSpan.Zero, TimeSpan.FromSeconds(seconds))
            {
                Sum = TimeSpan.FromSeconds(seconds),
            },
        };
}
