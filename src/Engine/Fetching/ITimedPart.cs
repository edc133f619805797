namespace Decant.Engine.Fetching;

/// <summary>Part of a source whose place on a clock is known.</summary>
internal interface ITimedPart
{
    /// <summary>Beginning of what it plays.</summary>
    TimeSpan Start { get; }

    /// <summary>End of what it plays, on the same clock.</summary>
    TimeSpan End { get; }
}
