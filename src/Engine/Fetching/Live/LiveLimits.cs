namespace Decant.Engine.Fetching.Live;

/// <summary>What a recording keeps to.</summary>
internal sealed record LiveLimits
{
    /// <summary>How much is recorded.</summary>
    public required TimeSpan MaxDuration { get; init; }

    /// <summary>Bytes of one source.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>How long a stream may have nothing new, or not answer, before it is given up.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>Rounds in which a segment may fail before it is left out.</summary>
    public int Tries { get; init; } = 3;
}

/// <summary>Why a recording is over.</summary>
internal enum LiveEnd
{
    /// <summary>The stream has ended.</summary>
    Ended,

    /// <summary>As much as was wanted is here.</summary>
    Full,

    /// <summary>Whoever wanted it has had enough.</summary>
    Closed,

    /// <summary>The source has failed for good.</summary>
    Lost,
}
