using Decant.Engine.Fetching.Live;
using Decant.Engine.Recording;

namespace Decant.Engine.Tests.Recording;

public sealed class RecordingClockTests
{
    [Fact]
    public void Sources_are_as_far_apart_as_their_first_segments() =>
        Assert.Equal("0; 0.5", Starts([Part(36_000, 8)], [Part(36_000.5, 8)]));

    [Fact]
    public void Sources_move_on_together_where_a_clock_begins_anew() =>
        Assert.Equal("0 8.2; 0.5 8.4", Starts([Part(60, 8), Part(3, 5)], [Part(60.5, 7.7), Part(3.2, 5)]));

    [Fact]
    public void A_piece_that_one_source_lost_is_a_hole_in_that_one() =>
        Assert.Equal("0; 0.5 6.5", Starts([Part(60, 8)], [Part(60.5, 4), Part(66.5, 2)]));

    [Fact]
    public void Clocks_that_have_nothing_to_do_with_each_other_say_nothing() =>
        Assert.Equal("0; 0", Starts([Part(36_000, 8)], [Part(0, 8)]));

    [Fact]
    public void Sources_begin_together_where_one_tells_no_time() =>
        Assert.Equal("0 8; 0 8", Starts([Part(60, 8), Part(68, 2)], [Part(null, 8), Part(70, 2)]));

    private static string Starts(params RecordedPart[][] sources) =>
        string.Join(
            "; ",
            RecordingClock
                .Of(sources)
                .Select(starts =>
                    string.Join(' ', starts.Select(start => FormattableString.Invariant($"{start.TotalSeconds:0.###}")))
                )
        );

    private static RecordedPart Part(double? begins, double seconds) =>
        new("part", TimeSpan.FromSeconds(seconds), 1) { Begins = begins is { } at ? TimeSpan.FromSeconds(at) : null };
}
