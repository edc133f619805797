namespace Decant.Engine.Fetching;

/// <summary>A stretch of a fetched file with a clock and a coding of its own: between two HLS discontinuities, of one map, a DASH period.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">Position of the first byte.</param>
/// <param name="End">Position after the last byte.</param>
/// <param name="Duration">Length as the manifest says it; null where that is not known.</param>
internal sealed record SourcePart(string Path, long Start, long End, TimeSpan? Duration)
{
    /// <summary>Place in the presentation; null where nothing says so.</summary>
    public PartWindow? Window { get; init; }
}
