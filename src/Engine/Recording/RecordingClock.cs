using Decant.Engine.Fetching.Live;
using Decant.Engine.Joining;
using Decant.Engine.Probing;

namespace Decant.Engine.Recording;

/// <summary>Places of a recording's parts on one clock. Sources begin with segments of their own, and stay as far apart as those are. Pure.</summary>
internal static class RecordingClock
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    /// <param name="sources">The parts of each source, at least one.</param>
    /// <returns>When each part begins to play.</returns>
    public static IReadOnlyList<IReadOnlyList<TimeSpan>> Of(IReadOnlyList<IReadOnlyList<RecordedPart>> sources)
    {
        // One that tells no time says nothing of where the others are.
        if (sources.Any(parts => parts.Any(part => part.Begins is null)))
            sources =
            [
                .. sources.Select(parts => (RecordedPart[])[.. parts.Select(part => part with { Begins = null })]),
            ];
        // A piece that one source lost and another has is a hole in the one, so that both go on together.
        else if (sources.Any(parts => parts.Count != sources[0].Count) && sources.All(GoOn) && AreTogether(sources))
        {
            var first = sources.Min(parts => parts[0].Start);
            return [.. sources.Select(parts => (TimeSpan[])[.. parts.Select(part => part.Start - first)])];
        }
        return
        [
            .. JoinClock
                .Of(sources)
                .Zip(
                    sources,
                    (clock, parts) => (TimeSpan[])[.. parts.Select((part, number) => clock.StartOf(part, number))]
                ),
        ];
    }

    private static bool AreTogether(IReadOnlyList<IReadOnlyList<RecordedPart>> sources) =>
        sources.Max(parts => parts[0].Start) - sources.Min(parts => parts[0].Start) < ClockReach.Most;

    private static bool GoOn(IReadOnlyList<RecordedPart> parts) =>
        parts
            .Zip(parts.Skip(1))
            .All(pair => pair.Second.Start > pair.First.Start && pair.Second.Start > pair.First.End - Slack);
}
