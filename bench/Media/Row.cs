namespace Decant.Bench.Media;

/// <summary>One line of the table.</summary>
/// <param name="Work">Work that was done.</param>
/// <param name="Bytes">Bytes that had to be fetched.</param>
/// <param name="WireLimit">Seconds the wire takes at best; 0 where nothing limits it.</param>
/// <param name="EncoderLimit">Seconds one bare ffmpeg takes for the same, from local files.</param>
/// <param name="Seconds">Medians, in the contestants' order.</param>
/// <param name="Rounds">Rounds that the seconds are the median of.</param>
internal sealed record Row(Work Work, long Bytes, double WireLimit, double EncoderLimit, double?[] Seconds, int Rounds)
{
    /// <summary>Whichever is slower. One ffmpeg is no limit to many, nor to parts encoded side by side.</summary>
    public double Limit => Math.Max(WireLimit, EncoderLimit);
}

/// <summary>All works over one wire.</summary>
internal sealed record Table(Wire Wire, IReadOnlyList<Row> Rows);
