namespace Decant.Engine.Fetching;

/// <summary>Period of a DASH presentation that a part of a source belongs to: of the part, what lies outside is not presented.</summary>
/// <param name="Shift">Shift from the clock of the media to that of the presentation (ISO/IEC 23009-1, 7.2.1: the period's start less <c>presentationTimeOffset</c>).</param>
/// <param name="From">Beginning of the period, on the clock of the presentation.</param>
/// <param name="Until">End of the period; null for the last one, which ends with its media.</param>
internal sealed record PartWindow(TimeSpan Shift, TimeSpan From, TimeSpan? Until)
{
    /// <summary>The file that the part is all of; null where it lies in segments.</summary>
    public Uri? File { get; init; }
}
