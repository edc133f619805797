using Decant.Server.Storage;

namespace Decant.Server.Batches.Zip;

/// <summary>Reads parts of an archive one after the other; of its files one is open at a time.</summary>
/// <param name="parts">Parts without a gap, the first with <paramref name="position"/> in it.</param>
/// <param name="position">Offset in the archive.</param>
internal sealed class ZipStream(IReadOnlyList<ZipPart> parts, long position) : Stream
{
    private long _position = position;
    private int _part;
    private StoredContent? _open;
    private Stream? _bytes;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">A file is gone, or is not as long as it was.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_part < parts.Count && parts[_part].End <= _position)
        {
            await CloseAsync();
            _part++;
        }

        if (_part == parts.Count || buffer.IsEmpty)
        {
            return 0;
        }

        var part = parts[_part];
        var wanted = buffer[..(int)Math.Min(buffer.Length, part.End - _position)];
        if (part is ZipPart.Record record)
        {
            record.Bytes.AsMemory((int)(_position - part.Start), wanted.Length).CopyTo(wanted);
            _position += wanted.Length;
            return wanted.Length;
        }

        var file = ((ZipPart.File)part).Content;
        _bytes ??= await OpenAsync(file, _position - part.Start, part.End - _position, cancellationToken);
        var read = await _bytes.ReadAsync(wanted, cancellationToken);
        if (read == 0)
        {
            throw new IOException(
                $"'{file.Name}' of an archive is not as long as it was: {part.End - _position} of {file.Length} bytes are missing."
            );
        }

        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    private async Task<Stream> OpenAsync(ArchivedFile file, long from, long length, CancellationToken cancellationToken)
    {
        _open = await file.Open(cancellationToken);
        return await _open.ReadAsync(from, length, cancellationToken);
    }

    private async Task CloseAsync()
    {
        if (_bytes is not null)
        {
            await _bytes.DisposeAsync();
        }

        if (_open is not null)
        {
            await _open.DisposeAsync();
        }

        (_open, _bytes) = (null, null);
    }
}
