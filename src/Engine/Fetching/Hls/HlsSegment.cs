namespace Decant.Engine.Fetching.Hls;

/// <summary>A media segment of a playlist.</summary>
/// <param name="Sequence">Media sequence number.</param>
/// <param name="Segment">Address of the segment; null for a gap (<c>EXT-X-GAP</c>).</param>
/// <param name="Duration">Length as the playlist says it; null where that is no length.</param>
/// <param name="Head">Initialization section (<c>EXT-X-MAP</c>); null where it has none.</param>
/// <param name="IsDiscontinuous">True where its clock or its coding has nothing to do with the segment before.</param>
internal sealed record HlsSegment(
    long Sequence,
    Segment? Segment,
    TimeSpan? Duration,
    Segment? Head,
    bool IsDiscontinuous
);
