using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests.Fetching.Dash;

/// <summary>Ways of writing one medium, each delivered whole.</summary>
public sealed class DashRunTests(LabEngine lab) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    public static TheoryData<string, string> Ways =>
        new()
        {
            {
                "a repetition to the end",
                Mpd.Of(Mpd.Period(Mpd.Video(Mpd.Timeline("""<S t="0" d="2" r="-1"/>""")) + Mpd.Audio()))
            },
            {
                "no codecs",
                Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio())).Replace("codecs=", "x=", StringComparison.Ordinal)
            },
            {
                "one segment too many by rounding",
                Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()), """type="static" mediaPresentationDuration="PT12.05S" """)
            },
            {
                "a timeline that goes on after the end",
                Mpd.Of(Mpd.Period(Mpd.Video(Mpd.Timeline("""<S t="0" d="2" r="8"/>""")) + Mpd.Audio()))
            },
            {
                "a server that has nothing, and another",
                Mpd.Of(
                    Mpd.Period(Mpd.Video() + Mpd.Audio()),
                    home: "<BaseURL>/gone/</BaseURL><BaseURL>/media/dash-numbers/</BaseURL>"
                )
            },
            {
                "a broadcast that has ended",
                Mpd.Of(
                    Mpd.Period(Mpd.Video() + Mpd.Audio()),
                    """type="dynamic" availabilityStartTime="2020-01-01T00:00:00Z" mediaPresentationDuration="PT12S" """
                )
            },
            {
                "a remote period",
                Mpd.Of(
                    $"""<Period xlink:href="/{Mpd.PathOf(Mpd.Period(Mpd.Video() + Mpd.Audio()))}" xlink:actuate="onLoad"/>"""
                )
            },
            {
                "periods cut within one clock",
                Mpd.Of(
                    Mpd.Period(Sets(1), """duration="PT4S" """)
                        + Mpd.Period("", """duration="PT0S" """)
                        + Mpd.Period(Sets(3), """start="PT4S" """)
                )
            },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Picture_and_sound_are_whole_with(string what, string manifest)
    {
        Assert.NotEmpty(what);
        var made = await RunAsync(manifest);
        Assert.Equal(300, await CountAsync(made, "v"));
        // The last frames of sound lie in a seventh segment, which a length of twelve seconds does not name.
        Assert.InRange(await CountAsync(made, "a"), 560, 566);
    }

    [Fact]
    public async Task What_is_not_understood_is_refused_at_once_and_by_name()
    {
        var odd = Mpd.Template.Replace("$Number%05d$", "$SubNumber$", StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync(Mpd.Of(Mpd.Period(Mpd.Video(odd) + Mpd.Audio())))
        );
        Assert.Equal(MediaError.UnsupportedUrl, failure.Error);
        Assert.Contains("where the segments are", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hole_in_the_middle_is_no_rounding()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync(
                Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()), """type="static" mediaPresentationDuration="PT13S" """)
            )
        );
        Assert.Equal(MediaError.ContentNotFound, failure.Error);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Sets(int first)
    {
        var template =
            $"""<SegmentTemplate timescale="1" duration="2" startNumber="{first}" presentationTimeOffset="{2 * (first - 1)}" {Mpd.Names}/>""";
        return Mpd.Video(template) + Mpd.Audio(template);
    }

    private static async Task<int> CountAsync(string path, string streams) =>
        (await Conversions.ShowAsync(path, "-select_streams", streams, "-show_entries", "packet=pts_time")).Count(
            line => line.Length > 0
        );

    private async Task<string> RunAsync(string manifest)
    {
        var result = await lab.Engine.RunAsync(
            lab.At(Mpd.PathOf(manifest)),
            OutputRequest.Parse("mp4", null),
            _directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
        return result.Path;
    }
}
