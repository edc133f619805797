using Decant.Engine.Probing;

namespace Decant.Engine.Fetching.Live;

/// <summary>Segments that follow each other without a break.</summary>
/// <param name="Path">The file.</param>
/// <param name="Duration">Playing time as measured, or else as the source says.</param>
/// <param name="Bytes">Number of the file's bytes that are good.</param>
internal sealed record RecordedPart(string Path, TimeSpan Duration, long Bytes) : ITimedPart
{
    /// <summary>Beginning on the clock of the presentation; null where its media tell none.</summary>
    public TimeSpan? Begins { get; init; }

    public TimeSpan Reach => ClockReach.Most;
    public TimeSpan Start => Begins ?? TimeSpan.Zero;
    public TimeSpan End => Start + Duration;
}
