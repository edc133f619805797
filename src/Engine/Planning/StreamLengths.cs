using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Playing times of the kept streams by their own sources, as far as those can be believed. Pure.</summary>
/// <param name="plan">Plan of the fetch.</param>
/// <param name="probes">Probes of what came, one per source of the plan.</param>
/// <param name="picks">The streams that are kept.</param>
/// <param name="late">Place of each source on the clock that they share; empty where they share none.</param>
internal sealed class StreamLengths(
    ExtractionPlan plan,
    IReadOnlyList<ProbedMedia> probes,
    IReadOnlyList<Pick> picks,
    IReadOnlyList<TimeSpan> late
)
{
    /// <summary>Formats without a word on their length: ffmpeg tells it from the clock of the last packets that are there.</summary>
    private static readonly string[] Unsaying = ["mpegts", "mpeg"];

    /// <summary>Length of the longest kept stream; null where one of them might be longer than all that say theirs.</summary>
    public TimeSpan? Longest =>
        picks.Select(WholeOf).ToList() is var all && all.TrueForAll(length => length is not null) ? all.Max() : null;

    /// <summary>The length that a stream is held to; null for what only a guess would be.</summary>
    public StreamLength? Of(Pick pick)
    {
        var probe = probes[pick.Input];
        var isOfSegments = plan.Sources[pick.Input].Protocol != FetchProtocol.Http;
        var whole =
            isOfSegments ? probe.PlaylistDuration - ConversionPlanner.LeadOf(late, pick.Input)
            : Unsaying.Contains(probe.FormatName) ? null
            : WholeOf(pick);
        if (whole is null || (plan.Request.Clip is { } clip ? clip.LengthOf(whole) : whole) is not { } length)
            return null;
        var isShared = isOfSegments || pick.Stream.Duration is null;
        return new StreamLength(length, isShared && picks.Count(other => other.Input == pick.Input) > 1, isOfSegments);
    }

    private TimeSpan? WholeOf(Pick pick)
    {
        var probe = probes[pick.Input];
        // A file's length is not that of one of its streams: a picture may outlast its sound.
        var alone = probe.Streams.Count(stream => stream.Kind is StreamKind.Video or StreamKind.Audio) == 1;
        var kept = picks.Count(other => other.Input == pick.Input);
        var all = probe.DurationIsEstimate
            ? null
            : pick.Stream.Duration ?? (alone || kept == 2 ? probe.Duration : null);
        return all - ConversionPlanner.LeadOf(late, pick.Input);
    }
}

/// <param name="Input">Number of the fetched file, from 0.</param>
/// <param name="Stream">A stream of it.</param>
internal readonly record struct Pick(int Input, ProbedStream Stream);
