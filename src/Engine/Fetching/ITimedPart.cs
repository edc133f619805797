namespace Decant.Engine.Fetching;

/// <summary>Part of a source whose place on a clock is known.</summary>
internal interface ITimedPart
{
    /// <summary>Longest way between its beginning and another source's within which both are on one clock; zero where it tells no time.</summary>
    TimeSpan Reach { get; }

    /// <summary>Beginning of what it plays.</summary>
    TimeSpan Start { get; }

    /// <summary>End of what it plays, on the same clock.</summary>
    TimeSpan End { get; }
}
