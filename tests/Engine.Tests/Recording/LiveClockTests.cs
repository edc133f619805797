using System.Globalization;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Fetching.Dash;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Recording;

/// <summary>A manifest that goes on, recorded: picture and sound are on its clock, measured where the one flashes and the other beeps.</summary>
public sealed class LiveClockTests(LabEngine lab, DashMaterial material) : IClassFixture<DashMaterial>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-live-").FullName;

    /// <summary>Renditions, their offsets, whether all is recorded that is still there, and how much later than the picture the sound is meant to be.</summary>
    public static TheoryData<string, string, string, bool, double> Clocks =>
        new()
        {
            { "an offset on the sound", Set("v"), Set("a", 500), true, -0.5 },
            { "an offset on the picture", Set("v", 500), Set("a"), true, 0.5 },
            { "an offset on the sound of a timeline", Set("v", 0, true), Set("a", 500, true), true, -0.5 },
            { "a clock that began long before, of the sound alone", Set("v"), Set("b", 100_000), true, 0 },
            { "an offset on the sound, from now", Set("v"), Set("a", 500), false, -0.5 },
        };

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task Picture_and_sound_of_a_recording_are_in_step_within_20_ms_with(
        string what,
        string video,
        string audio,
        bool fromStart,
        double late
    )
    {
        // Of its twelve seconds most are there; who begins now is to see two flashes all the same.
        var began = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(fromStart ? 10 : 5);
        var url = await material.ServeAsync(
            "live" + string.Concat(what.Where(char.IsAsciiLetter)),
            Mpd.Of(
                Mpd.Period(Mpd.Video(video, size: """width="160" height="90" """) + Mpd.Audio(audio), "start=\"PT0S\""),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""type="dynamic" availabilityStartTime="{began:yyyy-MM-ddTHH:mm:ss.fffZ}" mediaPresentationDuration="PT12S" minimumUpdatePeriod="PT1S" """
                ),
                home: ""
            )
        );

        var made = await lab.RecordAsync(url, _directory, fromStart);

        var moments = await Moments.ReadAsync(made.Path);
        FidelityTable.Record(
            "DASH clocks of recordings",
            what,
            FormattableString.Invariant($"sound {late:0.0} s after the picture"),
            $"{moments}"
        );
        // Of what was on air when it began, a flash may have no beep.
        var count = Math.Min(moments.Flashes.Count, moments.Beeps.Count);
        Assert.InRange(count, fromStart ? DashMaterial.Moments.Length : 2, DashMaterial.Moments.Length);
        Assert.All(
            moments.Flashes.TakeLast(count).Zip(moments.Beeps.TakeLast(count)),
            pair => Assert.Equal(late, pair.Second - pair.First, 0.02)
        );
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Set(string name, int offset = 0, bool hasTimeline = false)
    {
        var seconds = name is "v" or "w" ? 1 : 2;
        var names = $"""initialization="{name}-init.m4s" media="{name}-$Number$.m4s" startNumber="1" """;
        var shift = offset == 0 ? "" : $"""presentationTimeOffset="{offset}" """;
        return hasTimeline
            ? $"""<SegmentTemplate timescale="1000" {shift}{names}><SegmentTimeline><S t="0" d="{seconds * 1000}" r="{(12 / seconds) - 1}"/></SegmentTimeline></SegmentTemplate>"""
            : $"""<SegmentTemplate timescale="1000" duration="{seconds * 1000}" {shift}{names}/>""";
    }
}
