using Decant.Engine.Fetching;
using Decant.Engine.Probing;

namespace Decant.Engine.Joining;

/// <summary>A part of a source that was read to its end.</summary>
/// <param name="Part">Its place in the source's file.</param>
/// <param name="Media">What is in it; its packets are counted.</param>
internal sealed record MeasuredPart(SourcePart Part, ProbedMedia Media)
{
    /// <summary>On the part's own clock.</summary>
    public TimeSpan Start { get; } = Media.Start ?? Played(Media).Select(read => read.Start).DefaultIfEmpty().Min();

    /// <inheritdoc cref="Start"/>
    public TimeSpan End { get; } = Played(Media).Select(read => read.End).DefaultIfEmpty().Max();

    private static IEnumerable<ReadPackets> Played(ProbedMedia media) =>
        media
            .Streams.Where(stream => stream.Kind is StreamKind.Video or StreamKind.Audio)
            .Select(stream => stream.Packets)
            .OfType<ReadPackets>();
}
