using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Places of the sources of one manifest on the clock that they share. ADR 0039. Pure.</summary>
internal static class SharedClock
{
    /// <summary>Starts farther apart are on clocks that have nothing to do with each other.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(10);

    /// <summary>The same where an encoder of sound alone says the time; some write one that belongs to no picture.</summary>
    private static readonly TimeSpan TogetherPacked = TimeSpan.FromSeconds(5);

    /// <summary>Encoders' priming and reordered pictures come before a period's beginning, and belong to it.</summary>
    public static readonly TimeSpan LeastLead = TimeSpan.FromSeconds(0.1);

    /// <param name="sources">What was fetched.</param>
    /// <param name="probes">What came, one per source.</param>
    /// <returns>For each source, how much later than the medium it begins; negative for what lies before its period and is not presented. Empty where they share no clock.</returns>
    public static TimeSpan[] LateOf(IReadOnlyList<SourceFormat> sources, IReadOnlyList<ProbedMedia> probes)
    {
        var starts = probes.Select(StartOf).OfType<TimeSpan>().ToList();
        if (starts.Count < probes.Count || !sources.All(IsOfManifest))
            return [];
        var places = starts.Zip(sources, (start, source) => start - (source.PeriodBegins ?? TimeSpan.Zero)).ToList();
        var isPlaced = sources.All(source => source.PeriodBegins is not null) && AreTogether(places, Together);
        if (isPlaced && places.Min() < -LeastLead && places.Zip(probes).All(pair => IsInside(pair.First, pair.Second)))
            return [.. places];
        var shared = isPlaced ? places : starts;
        var within = probes.Any(probe => probe.StreamTime is not null) ? TogetherPacked : Together;
        return AreTogether(shared, within) ? [.. shared.Select(place => place - shared.Min())] : [];
    }

    /// <summary>Renditions of one manifest share a clock, where their files have one.</summary>
    private static bool IsOfManifest(SourceFormat source) =>
        source.Protocol is FetchProtocol.Hls or FetchProtocol.Dash || source.PeriodBegins is not null;

    private static bool AreTogether(List<TimeSpan> places, TimeSpan within) => places.Max() - places.Min() < within;

    /// <summary>A source is longer than what of it lies before the period.</summary>
    private static bool IsInside(TimeSpan place, ProbedMedia probe) =>
        place > -LeastLead || -place < (probe.PlaylistDuration ?? probe.Duration) - Together / 10;

    private static TimeSpan? StartOf(ProbedMedia probe) => probe.StreamTime ?? (HasClock(probe) ? probe.Start : null);

    private static bool HasClock(ProbedMedia probe) =>
        probe.FormatName.Split(',') is var names
        && (names.Contains("mpegts") || names.Contains("mov") || names.Contains("matroska"));
}
