using System.Buffers.Text;
using System.Globalization;

namespace Decant.Engine.Probing;

/// <summary>A line of ffprobe's about a packet. A long sound has hundreds of thousands of them, hence nothing is allocated.</summary>
/// <param name="Stream">Index; -1 where it says none.</param>
/// <param name="Time">Time of presentation, or of decoding where there is no other (AVI), in seconds.</param>
/// <param name="Duration">Duration in seconds.</param>
/// <param name="Size">Size in bytes.</param>
internal readonly record struct PacketLine(int Stream, double? Time, double Duration, long Size)
{
    private static ReadOnlySpan<byte> Start => "packet|"u8;

    /// <param name="line">Line in <c>compact</c> form: <c>packet|stream_index=0|pts_time=0.1|…</c></param>
    /// <returns>Null where the line is about something else.</returns>
    public static PacketLine? TryRead(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Start))
            return null;
        var stream = -1;
        double? presented = null;
        double? decoded = null;
        var duration = 0d;
        foreach (var range in line.Split((byte)'|'))
        {
            var field = line[range];
            var sign = field.IndexOf((byte)'=');
            if (sign < 0)
                continue;
            var value = field[(sign + 1)..];
            switch (field[..sign])
            {
                case var name when name.SequenceEqual("stream_index"u8):
                    stream = (int)(Whole(value) ?? -1);
                    break;
                case var name when name.SequenceEqual("pts_time"u8):
                    presented = Number(value);
                    break;
                case var name when name.SequenceEqual("dts_time"u8):
                    decoded = Number(value);
                    break;
                case var name when name.SequenceEqual("duration_time"u8):
                    duration = Number(value) ?? 0;
                    break;
                case var name when name.SequenceEqual("size"u8):
                    // The last: what stands behind it is said of the packet's side data.
                    return new PacketLine(stream, presented ?? decoded, duration, Whole(value) ?? 0);
            }
        }
        return new PacketLine(stream, presented ?? decoded, duration, Size: 0);
    }

    private static long? Whole(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length ? value : null;

    private static double? Number(ReadOnlySpan<byte> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;
}
