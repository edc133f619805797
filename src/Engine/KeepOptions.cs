namespace Decant.Engine;

/// <summary>Cache of fetched sources and made files: place, size and lifetime.</summary>
/// <param name="Directory">A directory of its own, on the file system of the runs; it is emptied at start.</param>
public sealed record KeepOptions(string Directory)
{
    /// <summary>Bytes of all together.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Since it was last asked for.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);
}
