using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Places of the sources of one manifest on the clock that they share. ADR 0039. Pure.</summary>
internal static class SharedClock
{
    /// <summary>Encoders' priming and reordered pictures come before a period's beginning, and belong to it.</summary>
    public static readonly TimeSpan LeastLead = TimeSpan.FromSeconds(0.1);

    /// <param name="sources">Formats that were fetched.</param>
    /// <param name="probes">Probes of what came, one per source.</param>
    /// <returns>For each source, how much later than the medium it begins; negative for what lies before its period and is not presented. Empty where they share no clock.</returns>
    public static TimeSpan[] LateOf(IReadOnlyList<SourceFormat> sources, IReadOnlyList<ProbedMedia> probes)
    {
        var starts = probes.Select(probe => probe.ClockStart).OfType<TimeSpan>().ToList();
        if (starts.Count < probes.Count || !sources.All(IsOfManifest))
            return [];
        var reach = probes.Min(ClockReach.Of);
        var places = starts.Zip(sources, (start, source) => start - (source.PeriodBegins ?? TimeSpan.Zero)).ToList();
        var isPlaced = sources.All(source => source.PeriodBegins is not null) && AreTogether(places, reach);
        if (isPlaced && places.Min() < -LeastLead && places.Zip(probes).All(pair => IsInside(pair.First, pair.Second)))
            return [.. places];
        var shared = isPlaced ? places : starts;
        return AreTogether(shared, reach) ? [.. shared.Select(place => place - shared.Min())] : [];
    }

    /// <summary>Renditions of one manifest share a clock, where their files have one.</summary>
    private static bool IsOfManifest(SourceFormat source) =>
        source.Protocol is FetchProtocol.Hls or FetchProtocol.Dash || source.PeriodBegins is not null;

    private static bool AreTogether(List<TimeSpan> places, TimeSpan reach) => places.Max() - places.Min() < reach;

    /// <summary>A source is longer than what of it lies before the period.</summary>
    private static bool IsInside(TimeSpan place, ProbedMedia probe) =>
        place > -LeastLead || -place < (probe.PlaylistDuration ?? probe.Duration) - ClockReach.Most / 10;
}
