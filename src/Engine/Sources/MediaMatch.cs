namespace Decant.Engine.Sources;

/// <summary>Recording on another platform, found by its likeness, that gives the sound which a medium's own platform does not.</summary>
public sealed record MediaMatch
{
    /// <summary>The page that the sound is really from.</summary>
    public required Uri Url { get; init; }

    /// <summary>Likelihood that it is the same recording: 0 to 100. A score below the floor is not offered at all.</summary>
    public required double Score { get; init; }

    /// <summary>Title of the match at the platform.</summary>
    public required string Title { get; init; }

    /// <summary>Performers of the match at the platform, or whoever put it up.</summary>
    public string? Artist { get; init; }

    /// <summary>Length of the match, less the length that was looked for; null where either is unknown.</summary>
    public TimeSpan? LengthDifference { get; init; }

    /// <summary>Found under the recording's ISRC, not by its names alone.</summary>
    public bool ByIsrc { get; init; }
}
