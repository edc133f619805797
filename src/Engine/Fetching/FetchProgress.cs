namespace Decant.Engine.Fetching;

/// <param name="Bytes">Bytes received so far.</param>
/// <param name="Total">Expected, where known.</param>
/// <param name="BytesPerSecond">Bytes a second at present, where known.</param>
internal readonly record struct FetchProgress(long Bytes, long? Total, double? BytesPerSecond)
{
    /// <summary>Playing time by its playlist; null for a file, and where the playlist does not say.</summary>
    public TimeSpan? Duration { get; init; }
}
