using System.Buffers.Binary;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>
/// The frame before an mp3's first that tells players how many samples to leave out at both ends. ffmpeg's muxer writes it, but knows
/// nothing of the ends when it copies. Layout: http://gabriel.mp3-tech.org/mp3infotag.html
/// </summary>
internal static class LameTag
{
    /// <summary>LAME's own delay; readers add the 529 samples of a decoder.</summary>
    private const int Delay = 576;
    private const int DecoderDelay = 529;

    private const int Longest = 0xFFF;
    private const int PaddingAt = 141;
    private const int ChecksumAt = 154;

    /// <param name="path">An mp3 of ours.</param>
    /// <param name="padding">Samples after the sound's last.</param>
    /// <param name="cancellationToken">Token that ends the writing.</param>
    public static async Task WriteAsync(string path, long padding, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var start = new byte[10];
        await file.ReadExactlyAsync(start, cancellationToken);
        // An ID3v2 tag says its own length in four times seven bits (id3.org/id3v2.4.0-structure).
        var frameAt = start.AsSpan().StartsWith("ID3"u8)
            ? 10 + (start[6] << 21 | start[7] << 14 | start[8] << 7 | start[9])
            : 0;
        var frame = new byte[512];
        file.Position = frameAt;
        var length = await file.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, cancellationToken);
        var tag = frame.AsSpan(0, length).IndexOf("Info"u8);
        if (tag < 0 || tag + ChecksumAt + 2 > length)
        {
            throw new InvalidDataException("The mp3 that was made has no Info frame.");
        }
        var ends = (Delay << 12) | (int)Math.Clamp(padding + DecoderDelay, 0, Longest);
        frame[tag + PaddingAt] = (byte)(ends >> 16);
        frame[tag + PaddingAt + 1] = (byte)(ends >> 8);
        frame[tag + PaddingAt + 2] = (byte)ends;
        BinaryPrimitives.WriteUInt16BigEndian(
            frame.AsSpan(tag + ChecksumAt),
            Checksum(frame.AsSpan(0, tag + ChecksumAt))
        );
        file.Position = frameAt;
        await file.WriteAsync(frame.AsMemory(0, tag + ChecksumAt + 2), cancellationToken);
    }

    /// <summary>CRC-16 with the polynomial 0x8005, reflected (ARC).</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        ushort sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (ushort)((sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xA001);
            }
        }
        return sum;
    }
}
