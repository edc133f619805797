namespace Decant.Engine.Fetching.Live;

/// <summary>Limits of a recording.</summary>
internal sealed record LiveLimits
{
    /// <summary>Longest recording.</summary>
    public required TimeSpan MaxDuration { get; init; }

    /// <summary>Bytes of one source.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Longest time without anything new, or without an answer, before a stream is given up.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>Rounds in which a segment may fail before it is left out.</summary>
    public int Tries { get; init; } = 3;
}

/// <summary>Reason for the end of a recording.</summary>
internal enum LiveEnd
{
    /// <summary>The stream has ended.</summary>
    Ended,

    /// <summary>The recording is as long as was wanted.</summary>
    Full,

    /// <summary>The job's owner asked for the end.</summary>
    Closed,

    /// <summary>The source has failed for good.</summary>
    Lost,
}
