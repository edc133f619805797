namespace Decant.Engine.Fetching.Live;

/// <summary>A segment of a live stream.</summary>
/// <param name="Sequence">Number in the stream.</param>
/// <param name="Segment">Address of the segment; null where the source says that it has lost it.</param>
/// <param name="Duration">Playing time.</param>
/// <param name="Head">Initialization section that has to stand before it to be understood; null where it stands for itself.</param>
/// <param name="IsDiscontinuous">True where its clock or its coding has nothing to do with what came before.</param>
internal sealed record LiveSegment(
    long Sequence,
    Segment? Segment,
    TimeSpan Duration,
    Segment? Head,
    bool IsDiscontinuous
)
{
    /// <summary>Offset from the clock of the media to that of the presentation, which its other renditions share.</summary>
    public TimeSpan Shift { get; init; }
}
