namespace Decant.Engine;

/// <summary>Progress of a run. Percent never falls within a run.</summary>
/// <param name="Stage">The stage under way.</param>
/// <param name="Percent">0 to 100 over the whole run.</param>
/// <param name="BytesFetched">Bytes received so far.</param>
/// <param name="BytesTotal">Bytes expected, where known.</param>
/// <param name="BytesPerSecond">Bytes a second fetched at present, where bytes move.</param>
public sealed record EngineProgress(
    EngineStage Stage,
    double Percent,
    long BytesFetched = 0,
    long? BytesTotal = null,
    double? BytesPerSecond = null
)
{
    /// <summary>Recorded length of a live stream; null for anything else.</summary>
    public TimeSpan? Recorded { get; init; }

    /// <summary>Playing time of the medium by the playlists and indexes of its files, the longest so far; null while none has shown. What a page says of it is no part.</summary>
    public TimeSpan? Found { get; init; }

    /// <summary>Playing time that has been made so far; null before any.</summary>
    public TimeSpan? Made { get; init; }
}

public enum EngineStage
{
    Resolving,

    /// <summary>A live stream is followed.</summary>
    Recording,
    Downloading,
    Converting,
}
