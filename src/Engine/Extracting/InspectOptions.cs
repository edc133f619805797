namespace Decant.Engine.Extracting;

/// <summary>Options of a look-up.</summary>
public sealed record InspectOptions
{
    /// <summary>Entries of the longest list that is read; of a longer one, so many.</summary>
    public const int LongestList = 5_000;

    /// <summary>Most entries of a list that are read.</summary>
    public int MaxEntries { get; init; } = LongestList;

    /// <summary>True to read a live stream from its beginning, where the platform offers that apart from the rest.</summary>
    public bool FromStart { get; init; }

    /// <summary>Ask the site again although a fresh answer is at hand.</summary>
    public bool BypassCache { get; init; }
}
