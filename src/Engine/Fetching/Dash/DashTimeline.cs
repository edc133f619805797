using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Beginnings and playing times of segments, run by run (ISO/IEC 23009-1, section 5.3.9.6). In units of the timescale.</summary>
internal sealed class DashTimeline
{
    private readonly IReadOnlyList<(long? Start, long Length, long Repeat, long? Number)> _runs;

    private DashTimeline(IReadOnlyList<(long? Start, long Length, long Repeat, long? Number)> runs) => _runs = runs;

    /// <returns>Null for one with a run that plays for no time.</returns>
    public static DashTimeline? Of(XElement timeline)
    {
        var runs = timeline
            .Named("S")
            .Select(run => (run.Whole("t"), run.Whole("d") ?? 0, run.Whole("r") ?? 0, run.Whole("n")))
            .ToList();
        return runs.Count == 0 || runs.Exists(run => run.Item2 <= 0) ? null : new DashTimeline(runs);
    }

    /// <param name="end">Time at which the period ends; null where nothing says so.</param>
    /// <param name="isGrowing">The end is now: a segment that would go on beyond it is not there yet.</param>
    /// <returns>Null where it goes on to an end that nobody knows.</returns>
    public IEnumerable<(long Index, long Start, long Length, long? Number)>? List(long? end, bool isGrowing = false)
    {
        // A negative repetition is "until the next one begins", or until the period ends.
        for (var run = 0; run < _runs.Count; run++)
        {
            if (_runs[run].Repeat < 0 && EndOf(run, end) is null)
            {
                return null;
            }
        }
        return Enumerate(end, isGrowing);
    }

    private IEnumerable<(long Index, long Start, long Length, long? Number)> Enumerate(long? end, bool isGrowing)
    {
        long index = 0;
        long at = 0;
        for (var run = 0; run < _runs.Count; run++)
        {
            var (start, length, repeat, number) = _runs[run];
            at = start ?? at;
            var count =
                repeat >= 0 ? repeat + 1
                : EndOf(run, end) is { } until ? Math.Max(0, (until - at + (isGrowing ? 0 : length - 1)) / length)
                : 0;
            for (long nth = 0; nth < count; nth++)
            {
                yield return (index, at, length, number + nth);
                at += length;
                index++;
            }
        }
    }

    private long? EndOf(int run, long? end) => run + 1 < _runs.Count ? _runs[run + 1].Start : end;
}
