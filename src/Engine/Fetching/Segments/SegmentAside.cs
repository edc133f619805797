using System.Buffers;
using System.Security.Cryptography;

namespace Decant.Engine.Fetching.Segments;

/// <summary>A segment whose size shows only at its end, as with all that are encrypted: kept in a file of its own until its turn.</summary>
internal sealed class SegmentAside : IDisposable
{
    private const int BufferBytes = 128 << 10;
    private const int Block = SegmentKeys.BlockBytes;

    private readonly string _path;
    private readonly SegmentCipher? _cipher;
    private readonly SegmentKeys _keys;
    private readonly LocalFile _file;

    /// <param name="path">Path of that file.</param>
    /// <param name="cipher">Cipher that the segment is encrypted with; null where it is not.</param>
    /// <param name="keys">Keys for the cipher.</param>
    /// <exception cref="Errors.MediaException"><c>overloaded</c></exception>
    public SegmentAside(string path, SegmentCipher? cipher, SegmentKeys keys)
    {
        (_path, _cipher, _keys, _file) = (path, cipher, keys, new LocalFile(path));
        _file.Open(null);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long position, CancellationToken cancellationToken) =>
        _file.WriteAsync(bytes, position, cancellationToken);

    /// <param name="served">Bytes that came.</param>
    /// <param name="cancellationToken">Token that ends the reading.</param>
    /// <returns>Bytes that it takes in its place: without what fills its last block up.</returns>
    /// <exception cref="CryptographicException">It is broken, or the key is another.</exception>
    public async Task<long> MeasureAsync(long served, CancellationToken cancellationToken)
    {
        if (_cipher is null)
        {
            return served;
        }
        if (served % Block != 0)
        {
            throw new CryptographicException("It does not end with a block.");
        }
        var end = new byte[2 * Block];
        _cipher.Vector.CopyTo(end, 0);
        var (from, most) = served > Block ? (served - end.Length, end.Length) : (0, Block);
        await _file.ReadAsync(end.AsMemory(end.Length - most), from, cancellationToken);
        using var aes = await _keys.AesAsync(_cipher, cancellationToken);
        return served - Block + aes.DecryptCbc(end.AsSpan(Block), end.AsSpan(0, Block)).Length;
    }

    /// <summary>Opens it, and hands it over piece by piece.</summary>
    /// <param name="size">Bytes that it takes in its place.</param>
    /// <param name="write">Writer, which takes bytes and their position in the segment.</param>
    /// <param name="cancellationToken">Token that ends the moving.</param>
    public async Task MoveAsync(
        long size,
        Func<ReadOnlyMemory<byte>, long, ValueTask> write,
        CancellationToken cancellationToken
    )
    {
        using var aes = _cipher is null ? null : await _keys.AesAsync(_cipher, cancellationToken);
        var vector = _cipher?.Vector.ToArray();
        var served = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var clear = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long position = 0; position < size; position += BufferBytes)
            {
                // Whole blocks: the last one is full as served.
                var most = (int)Math.Min(BufferBytes, aes is null ? size - position : Blocks(size) - position);
                await _file.ReadAsync(served.AsMemory(0, most), position, cancellationToken);
                if (aes is not null)
                {
                    aes.DecryptCbc(served.AsSpan(0, most), vector, clear, PaddingMode.None);
                    served.AsSpan(most - Block, Block).CopyTo(vector);
                }
                var bytes = aes is null ? served : clear;
                await write(bytes.AsMemory(0, (int)Math.Min(most, size - position)), position);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(served);
            ArrayPool<byte>.Shared.Return(clear);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    /// <summary>The size rounded up to whole blocks.</summary>
    private static long Blocks(long size) => (size + Block - 1) / Block * Block;
}
