using System.Buffers.Binary;
using System.Numerics;

namespace Decant.Engine.Fetching.Periods;

/// <summary>How long the samples of a fragment play (ISO/IEC 14496-12, sections 8.8.7 and 8.8.8). In ticks.</summary>
internal static class SampleRun
{
    private const int Count = 4;
    private const uint HasDurations = 0x100;

    /// <param name="header">Content of a <c>tfhd</c>.</param>
    /// <returns>Null where it does not say.</returns>
    public static uint? UsualDuration(ReadOnlySpan<byte> header)
    {
        var flags = Flags(header);
        // After the flags and the track: where the data is, which description, and then the duration.
        var at = 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        return (flags & 8) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(header[at..]) : null;
    }

    /// <param name="run">Content of a <c>trun</c>.</param>
    /// <param name="usual">Of a sample, where the run does not say.</param>
    public static long Duration(ReadOnlySpan<byte> run, uint usual)
    {
        var flags = Flags(run);
        long count = BinaryPrimitives.ReadUInt32BigEndian(run[Count..]);
        if ((flags & HasDurations) == 0)
        {
            return count * usual;
        }
        var at = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        // Duration, size, flags and offset, each of four bytes where it is there; the duration is the first.
        var sample = 4 * BitOperations.PopCount(flags & 0xF00);
        long duration = 0;
        for (; count > 0; count--, at += sample)
        {
            duration += BinaryPrimitives.ReadUInt32BigEndian(run[at..]);
        }
        return duration;
    }

    private static uint Flags(ReadOnlySpan<byte> content) => BinaryPrimitives.ReadUInt32BigEndian(content) & 0xFFFFFF;
}
