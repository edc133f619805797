using Decant.Engine.Planning;

namespace Decant.Engine;

/// <summary>A time of a live stream that is missing in its recording.</summary>
/// <param name="Start">The place in the file before which it is missing.</param>
/// <param name="Duration">Length of the stream that is missing, as far as its lists and the clock tell; null where neither does.</param>
public sealed record RecordingGap(TimeSpan Start, TimeSpan? Duration)
{
    /// <summary>Sources that are missing the same do not say so at the very same moment.</summary>
    private static readonly TimeSpan Ragged = TimeSpan.FromSeconds(1);

    /// <summary>Joins gaps with nothing between them. One of unknown length is part of the next whose length is known.</summary>
    internal RecordingGap And(TimeSpan? more) =>
        this with
        {
            Duration = Duration is { } known && more is { } other ? known + other : Duration ?? more,
        };

    /// <summary>The gap of a stream that was over before it could be gone on with, where its page has less than had been recorded elsewhere.</summary>
    internal static IReadOnlyList<RecordingGap> Of(EarlierRuns? earlier, TimeSpan made) =>
        earlier?.Recorded - made is { } less && less > Ragged ? [new RecordingGap(TimeSpan.Zero, less)] : [];

    /// <param name="sources">The gaps of each source, in order.</param>
    /// <returns>Those of all of them, in order; the longer one where several have one at the same place.</returns>
    internal static IReadOnlyList<RecordingGap> OfAll(IEnumerable<IReadOnlyList<RecordingGap>> sources)
    {
        var all = new List<RecordingGap>();
        foreach (var gap in sources.SelectMany(gaps => gaps).OrderBy(gap => gap.Start))
        {
            if (all.Count == 0 || gap.Start - all[^1].Start > Ragged)
            {
                all.Add(gap);
            }
            else if (gap.Duration is null || gap.Duration > all[^1].Duration)
            {
                all[^1] = all[^1] with { Duration = gap.Duration };
            }
        }
        return all;
    }

    /// <param name="gaps">Gaps of the whole recording.</param>
    /// <param name="clip">Part that is made of it; null for all.</param>
    /// <returns>Those within what is made, counted from its beginning.</returns>
    internal static IReadOnlyList<RecordingGap> Within(IReadOnlyList<RecordingGap> gaps, Clip? clip) =>
        clip is null
            ? gaps
            :
            [
                .. gaps.Where(gap => gap.Start >= clip.Start && (clip.End is null || gap.Start < clip.End + Ragged))
                    .Select(gap => gap with { Start = gap.Start - clip.Start }),
            ];
}
