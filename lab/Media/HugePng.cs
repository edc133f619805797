using System.Buffers.Binary;
using System.IO.Compression;

namespace Decant.Lab.Media;

/// <summary>A picture of 15,900 by 15,900 black pixels: under a megabyte as a file, 843 MB once decoded.</summary>
internal static class HugePng
{
    private const int Side = 15_900;

    // ffprobe would decode it to look at it.
    public static MediaRecipe Recipe { get; } = new("huge.png", [], "2", WriteAsync) { IsProbed = false };

    private static Task WriteAsync(RecipeRun run, CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(run.Output, Make(Side), cancellationToken);

    /// <param name="side">Pixels each way.</param>
    public static byte[] Make(int side)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 8; // bits a sample
        header[9] = 2; // RGB
        WriteChunk(file, "IHDR"u8, header);

        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (side * 3)];
            for (var y = 0; y < side; y++)
            {
                packed.Write(row);
            }
        }

        WriteChunk(file, "IDAT"u8, pixels.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var framed = new byte[4 + type.Length + data.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(framed, data.Length);
        type.CopyTo(framed.AsSpan(4));
        data.CopyTo(framed.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(
            framed.AsSpan(framed.Length - 4),
            Crc(framed.AsSpan(4, framed.Length - 8))
        );
        file.Write(framed);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
