namespace Decant.Engine.Probing;

/// <summary>Longest way between the starts of two files, or parts, within which they are on one clock.</summary>
internal static class ClockReach
{
    /// <summary>Starts farther apart are on clocks that have nothing to do with each other.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <summary>The same where an encoder of sound alone says the time; some write one that belongs to no picture.</summary>
    private static readonly TimeSpan OfPackedSound = TimeSpan.FromSeconds(5);

    private static readonly string[] WithClocks = ["mpegts", "mov", "matroska"];

    /// <returns>Zero where the file tells no time.</returns>
    public static TimeSpan Of(ProbedMedia probe) =>
        probe.StreamTime is not null ? OfPackedSound
        : probe.FormatName.Split(',').Intersect(WithClocks).Any() ? Most
        : TimeSpan.Zero;
}
