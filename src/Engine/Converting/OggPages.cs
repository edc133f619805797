using System.Buffers.Binary;

namespace Decant.Engine.Converting;

/// <summary>The pages of an Ogg stream's first packets (RFC 3533, 6), to be changed without moving a byte.</summary>
internal sealed class OggPages
{
    private const int HeaderLength = 27;
    private const int ChecksumAt = 22;
    private const byte WholeSegment = 255;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(TableEntry)];

    private readonly List<byte[]> _pages = [];
    private readonly List<(int Page, int At, int Length)> _pieces = [];

    /// <summary>The second packet, which has the comments.</summary>
    /// <exception cref="InvalidDataException">The file is no Ogg stream.</exception>
    public static async Task<(OggPages Pages, byte[] Comments)> ReadAsync(
        Stream file,
        CancellationToken cancellationToken
    )
    {
        var pages = new OggPages();
        var packet = 0;
        while (packet < 2)
            packet = await pages.ReadPageAsync(file, packet, cancellationToken);
        return (
            pages,
            [.. pages._pieces.SelectMany(piece => pages._pages[piece.Page].Skip(piece.At).Take(piece.Length))]
        );
    }

    /// <summary>Writes the same pages with another packet of the same length.</summary>
    public async Task WriteAsync(Stream file, byte[] comments, CancellationToken cancellationToken)
    {
        var from = 0;
        foreach (var (page, at, length) in _pieces)
        {
            comments.AsSpan(from, length).CopyTo(_pages[page].AsSpan(at));
            from += length;
        }
        file.Position = 0;
        foreach (var page in _pages)
        {
            page.AsSpan(ChecksumAt, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(ChecksumAt), Checksum(page));
            await file.WriteAsync(page, cancellationToken);
        }
    }

    private async Task<int> ReadPageAsync(Stream file, int packet, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        await file.ReadExactlyAsync(header, cancellationToken);
        if (!header.AsSpan().StartsWith("OggS"u8))
            throw new InvalidDataException("The file is no Ogg stream.");
        var sizes = new byte[header[^1]];
        await file.ReadExactlyAsync(sizes, cancellationToken);
        var body = new byte[sizes.Sum(size => size)];
        await file.ReadExactlyAsync(body, cancellationToken);
        _pages.Add([.. header, .. sizes, .. body]);
        var at = HeaderLength + sizes.Length;
        foreach (var size in sizes)
        {
            if (packet == 1)
                _pieces.Add((_pages.Count - 1, at, size));
            at += size;
            if (size < WholeSegment)
                packet++;
        }
        return packet;
    }

    private static uint Checksum(byte[] page)
    {
        var sum = 0u;
        foreach (var one in page)
            sum = (sum << 8) ^ Table[(sum >> 24) ^ one];
        return sum;
    }

    private static uint TableEntry(int index)
    {
        var entry = (uint)index << 24;
        for (var bit = 0; bit < 8; bit++)
            entry = (entry << 1) ^ ((entry & 0x8000_0000) == 0 ? 0 : 0x04c1_1db7u);
        return entry;
    }
}
