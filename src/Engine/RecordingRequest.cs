namespace Decant.Engine;

/// <summary>Request to record a live stream.</summary>
public sealed record RecordingRequest
{
    /// <summary>
    /// The recording's own directory, which stays when the run ends in whatever way: a run that was broken off, even with its
    /// process, is gone on with by the next one that is given the same. Its owner deletes it when the file is safe.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>Longest recording.</summary>
    public required TimeSpan MaxDuration { get; init; }

    /// <summary>
    /// Earlier runs of the same recording; null for a new one. Where the directory holds nothing of theirs (it lies on another node), the
    /// result says in <see cref="ExtractionResult.Gaps"/> that it is missing.
    /// </summary>
    public EarlierRuns? Earlier { get; init; }

    /// <summary>Take what the stream still lists of its past, not only what comes from now on.</summary>
    public bool FromStart { get; init; }
}

/// <summary>Runs that recorded some of a live stream before this one.</summary>
/// <param name="BegunAt">Start of the first (UTC).</param>
/// <param name="Recorded">Length that they had on their disk.</param>
public sealed record EarlierRuns(DateTimeOffset BegunAt, TimeSpan Recorded);
