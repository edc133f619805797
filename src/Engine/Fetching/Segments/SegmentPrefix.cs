using System.Buffers.Binary;
using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Fetching.Segments;

/// <summary>A picture or junk before a segment's media: sites put segments behind pictures, so that hosts of pictures keep them.</summary>
internal static class SegmentPrefix
{
    /// <summary>ffmpeg looks as far for the first packet of a transport stream.</summary>
    private const int MostBytes = 64 << 10;

    private const int PacketBytes = 188;

    /// <summary>Packets in a row that no noise has by chance.</summary>
    private const int Packets = 5;

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    /// <param name="body">Body of all of a segment as it is served.</param>
    /// <param name="isEncrypted">True where only what stands before the cipher can be told.</param>
    /// <param name="cancellationToken">Token that ends the reading.</param>
    /// <returns>The media, and the number of bytes that stood before them.</returns>
    public static async Task<(Stream Body, int Skipped)> SkipAsync(
        Stream body,
        bool isEncrypted,
        CancellationToken cancellationToken
    )
    {
        var beginning = new byte[MostBytes];
        var read = await body.ReadAtLeastAsync(beginning, Png.Length, throwOnEndOfStream: false, cancellationToken);
        if (MayHaveOne(beginning.AsSpan(0, read), isEncrypted))
        {
            read += await body.ReadAtLeastAsync(
                beginning.AsMemory(read),
                MostBytes - read,
                throwOnEndOfStream: false,
                cancellationToken
            );
        }
        var skipped = LengthOf(beginning.AsSpan(0, read), isEncrypted);
        return (new PrefixedStream(beginning.AsMemory(skipped, read - skipped), body), skipped);
    }

    /// <summary>Bytes before the media; 0 where there are none, or nothing is found that is media.</summary>
    public static int LengthOf(ReadOnlySpan<byte> beginning, bool isEncrypted)
    {
        if (!MayHaveOne(beginning, isEncrypted))
        {
            return 0;
        }
        var picture = EndOfPng(beginning);
        if (isEncrypted)
        {
            return picture;
        }
        for (var at = picture; at + (PacketBytes * Packets) <= beginning.Length; at++)
        {
            if (SegmentLikeness.IsMp4(beginning[at..]) && at == picture && at > 0 || IsTransportStream(beginning[at..]))
            {
                return at;
            }
        }
        return picture > 0 && SegmentLikeness.IsMp4(beginning[picture..]) ? picture : 0;
    }

    private static bool MayHaveOne(ReadOnlySpan<byte> beginning, bool isEncrypted) =>
        isEncrypted ? beginning.StartsWith(Png) : beginning.Length >= Png.Length && !SegmentLikeness.IsKnown(beginning);

    private static bool IsTransportStream(ReadOnlySpan<byte> bytes)
    {
        for (var packet = 0; packet < Packets; packet++)
        {
            if (bytes[packet * PacketBytes] != SegmentLikeness.TransportSync)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>End of the picture, after its last chunk (<c>IEND</c>); 0 for what is no whole PNG.</summary>
    private static int EndOfPng(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Png))
        {
            return 0;
        }
        long at = Png.Length;
        while (at + 12 <= bytes.Length)
        {
            var isLast = bytes.Slice((int)at + 4, 4).SequenceEqual("IEND"u8);
            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (isLast)
            {
                return at <= bytes.Length ? (int)at : 0;
            }
        }
        return 0;
    }
}
