using System.Buffers.Binary;

namespace Decant.Engine.Probing;

/// <summary>Time at which an HLS segment of nothing but sound begins: an ID3 tag before it says so (RFC 8216, 3.4), of which ffprobe tells for some codings.</summary>
internal static class PackedSound
{
    private const int HeaderLength = 10;

    /// <summary>Units of a transport stream's clock in a second.</summary>
    private const double UnitsPerSecond = 90_000;

    /// <summary>Bits of that clock; the other 31 are zero.</summary>
    private const int ClockBits = 33;

    private static readonly string[] Codings = ["aac", "mp3", "ac3", "eac3"];

    private static ReadOnlySpan<byte> Owner => "com.apple.streaming.transportStreamTimestamp\0"u8;

    /// <param name="probe">Probe of the file by ffprobe.</param>
    /// <param name="path">The file; its beginning must be there.</param>
    /// <param name="start">Position at which the sound begins in it.</param>
    /// <returns>The same, with the time where there is one.</returns>
    public static ProbedMedia Mark(ProbedMedia probe, string path, long start = 0)
    {
        if (!Codings.Contains(probe.FormatName))
            return probe;
        var beginning = new byte[1024];
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            0
        );
        var length = RandomAccess.Read(file.SafeFileHandle, beginning, start);
        return probe with { StreamTime = TimeIn(beginning.AsSpan(0, length)) };
    }

    /// <param name="beginning">Beginning of the file.</param>
    internal static TimeSpan? TimeIn(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < HeaderLength || !beginning.StartsWith("ID3"u8))
            return null;
        var tag = beginning[HeaderLength..Math.Min(beginning.Length, HeaderLength + SizeOf(beginning[6..]))];
        // The tag has one frame and seldom more, and nothing else in it could look like the owner's name.
        return
            tag.IndexOf(Owner) is >= 0 and var at
            && tag[(at + Owner.Length)..] is { Length: >= sizeof(ulong) } time
            && BinaryPrimitives.ReadUInt64BigEndian(time) is var units
            && units >> ClockBits == 0
            ? TimeSpan.FromSeconds(units / UnitsPerSecond)
            : null;
    }

    /// <summary>Four times seven bits (id3.org/id3v2.4.0-structure, 6.2).</summary>
    private static int SizeOf(ReadOnlySpan<byte> number) =>
        (number[0] << 21) | (number[1] << 14) | (number[2] << 7) | number[3];
}
