using System.Text;
using Decant.Engine.Errors;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;

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
            {
                "a byte order mark and carriage returns",
                "\uFEFF" + Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio())).Replace(">", ">\r\n", StringComparison.Ordinal)
            },
            {
                "no namespace",
                Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()))
                    .Replace("xmlns=\"urn:mpeg:dash:schema:mpd:2011\"", "", StringComparison.Ordinal)
            },
            {
                "comments",
                "<?xml version=\"1.0\"?><!-- c -->"
                    + Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()))
                        .Replace("<Period", "<!-- x --><Period", StringComparison.Ordinal)
            },
            {
                "no type",
                Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()), """mediaPresentationDuration="P0Y0M0DT0H0M12.000S" """)
            },
            {
                "bases within bases",
                Mpd.Of(
                    Mpd.Period("<BaseURL>dash-numbers/</BaseURL>" + Mpd.Video() + Mpd.Audio()),
                    home: "<BaseURL>/media/x/../</BaseURL>"
                )
            },
            {
                "a first period that begins later",
                Mpd.Of(
                    Mpd.Period(Mpd.Video() + Mpd.Audio(), """start="PT5S" """),
                    """type="static" mediaPresentationDuration="PT17S" """
                )
            },
            {
                "the number of the last segment",
                Mpd.Of(
                    Mpd.Period(
                        Mpd.Video(
                            Mpd.Template.Replace("duration=", "endNumber=\"6\" duration=", StringComparison.Ordinal)
                        ) + Mpd.Audio()
                    )
                )
            },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Picture_and_sound_are_whole_with(string what, string manifest)
    {
        var made = await RunAsync(manifest);
        Assert.Equal(300, await CountAsync(made, "v"));
        // The last frames of sound lie in a seventh segment, which a length of twelve seconds does not name.
        Assert.InRange(await CountAsync(made, "a"), 560, 566);
        FidelityTable.Record("DASH", what, "300 pictures, 12 s of sound", await StreamShape.DescribeAsync(made));
    }

    /// <summary>XML says how it is written (XML 1.0, 4.3.3).</summary>
    [Fact]
    public async Task A_manifest_in_another_encoding_is_read()
    {
        var encoding = Encoding.Unicode;
        var manifest = """<?xml version="1.0" encoding="utf-16"?>""" + Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()));
        var path = Mpd.PathOf([.. encoding.GetPreamble(), .. encoding.GetBytes(manifest)]);

        var made = (await lab.RunAsync(lab.At(path), "mp4", _directory)).Path;

        Assert.Equal(300, await CountAsync(made, "v"));
        Assert.InRange(await CountAsync(made, "a"), 560, 566);
        FidelityTable.Record("DASH", "UTF-16", "300 pictures, 12 s of sound", await StreamShape.DescribeAsync(made));
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
        FidelityTable.Record("DASH", "segments of segments", "no segment that has a name", failure.Error.Code);
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
        FidelityTable.Record("DASH", "a second that is missing at the end", "12 s of 13", failure.Error.Code);
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
        var result = await lab.RunAsync(lab.At(Mpd.PathOf(manifest)), "mp4", _directory);
        return result.Path;
    }
}
