using Decant.Server.Storage;

namespace Decant.Server.Batches.Zip;

/// <summary>
/// Zip archive of files as they are (media does not shrink), put together while it is read. Where each byte of it comes from is
/// known before the first is read, so any part can be had, and a broken download goes on where it ended.
/// </summary>
internal sealed class ZipContent : StoredContent
{
    private readonly List<ZipPart> _parts = [];
    private ZipStream? _reading;

    public ZipContent(IReadOnlyList<ArchivedFile> files)
    {
        using var directory = new MemoryStream();
        foreach (var file in files)
        {
            directory.Write(ZipRecords.DirectoryEntry(file, Length));
            Add(ZipRecords.LocalHeader(file));
            Add(new ZipPart.File(Length, file));
        }

        var start = Length;
        Add(directory.ToArray());
        Add(ZipRecords.End(files.Count, start, directory.Length));
    }

    public override long Length => _parts.Count == 0 ? 0 : _parts[^1].End;

    public override async Task<Stream> ReadAsync(long from, long length, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        return _reading = new ZipStream([.. _parts.Where(part => part.End > from)], from);
    }

    public override ValueTask DisposeAsync() => _reading?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Add(byte[] record) => Add(new ZipPart.Record(Length, record));

    private void Add(ZipPart part) => _parts.Add(part);
}

/// <summary>A stretch of an archive that comes from one place.</summary>
/// <param name="Start">Offset of its first byte in the archive.</param>
internal abstract record ZipPart(long Start)
{
    public abstract long Length { get; }

    public long End => Start + Length;

    /// <summary>Bytes that the archive has besides those of its files.</summary>
    public sealed record Record(long Start, byte[] Bytes) : ZipPart(Start)
    {
        public override long Length => Bytes.Length;
    }

    /// <summary>Bytes of a file.</summary>
    public sealed record File(long Start, ArchivedFile Content) : ZipPart(Start)
    {
        public override long Length => Content.Length;
    }
}
