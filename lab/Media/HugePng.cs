using System.Buffers.Binary;
using System.IO.Compression;

namespace Decant.Lab.Media;

/// <summary>A picture of 15,900 by 15,900 black pixels: under a megabyte as a file, 843 MB once decoded.</summary>
internal static class HugePng
{
    private const int Side = 15_900;

    // ffprobe would decode it to look at it.
    public static MediaRecipe Recipe { get; } = new("huge.png", [], "2", WriteAsync) { IsProbed = false };

    private static async Task WriteAsync(RecipeRun run, CancellationToken cancellationToken)
    {
        await using var file = File.Create(run.Output);
        await file.WriteAsync(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, cancellationToken);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8; // bits a sample
        header[9] = 2; // RGB
        await WriteChunkAsync(file, "IHDR"u8.ToArray(), header, cancellationToken);

        using var pixels = new MemoryStream();
        await using (var packed = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (Side * 3)];
            for (var y = 0; y < Side; y++)
            {
                await packed.WriteAsync(row, cancellationToken);
            }
        }

        await WriteChunkAsync(file, "IDAT"u8.ToArray(), pixels.ToArray(), cancellationToken);
        await WriteChunkAsync(file, "IEND"u8.ToArray(), [], cancellationToken);
    }

    private static async Task WriteChunkAsync(
        Stream file,
        byte[] type,
        byte[] data,
        CancellationToken cancellationToken
    )
    {
        var framed = new byte[4 + type.Length + data.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(framed, data.Length);
        type.CopyTo(framed, 4);
        data.CopyTo(framed, 8);
        BinaryPrimitives.WriteUInt32BigEndian(
            framed.AsSpan(framed.Length - 4),
            Crc(framed.AsSpan(4, framed.Length - 8))
        );
        await file.WriteAsync(framed, cancellationToken);
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
