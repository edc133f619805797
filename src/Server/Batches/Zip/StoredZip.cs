using System.Buffers;

namespace Decant.Server.Batches.Zip;

/// <summary>An archive of files as they are (media does not shrink), made while it is sent. Its length is known before its first byte.</summary>
/// <remarks>
/// Each file is read twice, the first time for its check sum alone: the header before a file can then say all there is to say,
/// and also a program that reads the archive as it comes understands it. No more than one buffer is in memory.
/// </remarks>
internal sealed class StoredZip(IReadOnlyList<ArchivedFile> files)
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Bytes of the whole archive.</summary>
    public long Length
    {
        get
        {
            long position = 0;
            long directory = 0;
            foreach (var file in files)
            {
                directory += ZipRecords.DirectoryEntry(file, 0, position).Length;
                position += ZipRecords.LocalHeader(file, 0).Length + file.Length;
            }

            return position + directory + ZipRecords.End(files.Count, position, directory).Length;
        }
    }

    /// <exception cref="IOException">A file is gone, or is not as long as it was.</exception>
    public async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var directory = new MemoryStream();
            long position = 0;
            foreach (var file in files)
            {
                var crc = await SumAsync(file, buffer, cancellationToken);
                var header = ZipRecords.LocalHeader(file, crc);
                await target.WriteAsync(header, cancellationToken);
                await CopyAsync(file, target, buffer, cancellationToken);
                await directory.WriteAsync(ZipRecords.DirectoryEntry(file, crc, position), cancellationToken);
                position += header.Length + file.Length;
            }

            await target.WriteAsync(directory.GetBuffer().AsMemory(0, (int)directory.Length), cancellationToken);
            await target.WriteAsync(ZipRecords.End(files.Count, position, directory.Length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<uint> SumAsync(ArchivedFile file, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var content = await file.Open(cancellationToken);
        var sum = new Crc32();
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            sum.Add(buffer.AsSpan(0, read));
        }

        return sum.Value;
    }

    private static async Task CopyAsync(
        ArchivedFile file,
        Stream target,
        byte[] buffer,
        CancellationToken cancellationToken
    )
    {
        await using var content = await file.Open(cancellationToken);
        var left = file.Length;
        int read;
        while (left > 0 && (read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, left)), cancellationToken);
            left -= read;
        }

        if (left != 0)
        {
            throw new IOException(
                $"A file of an archive is not as long as it was: {left} of {file.Length} bytes are missing."
            );
        }
    }
}
