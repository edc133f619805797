using System.Buffers;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>Writes one segment to its place in the spool as it comes, so that none is ever held whole in memory.</summary>
internal sealed class SegmentWriter(SegmentFetch fetch, int number, string host, SilenceWatch silence)
{
    private const int BufferBytes = 128 << 10;

    /// <summary>One whose size is known: so is the place of the next then, which need not wait for the end of this one.</summary>
    /// <param name="body">The segment.</param>
    /// <param name="size">Bytes that it takes.</param>
    /// <param name="start">Waits until the sizes of all before it are known.</param>
    public async Task WriteAsync(Stream body, long size, Func<Task<long>> start)
    {
        var position = await start();
        await EnsureSizeAsync(size);
        var written = await CopyAsync(
            body,
            async (bytes, at) =>
            {
                if (at + bytes.Length > size)
                {
                    throw new FetchException(MediaError.SourceFailed, $"'{host}' sent more bytes than it announced.");
                }
                await fetch.Spool.WriteAsync(bytes, position + at, silence.Token);
            }
        );
        if (written < size)
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' sent {written} bytes of a segment of {size}.",
                tryAgain: true
            );
        }
    }

    /// <summary>One whose size shows at its end, as with all that are encrypted: it is kept aside until its turn.</summary>
    /// <param name="body">The segment.</param>
    /// <param name="start">Waits until the sizes of all before it are known.</param>
    public async Task WriteUnsizedAsync(Stream body, Func<Task<long>> start)
    {
        var path = $"{fetch.Spool.Path}.{number}";
        try
        {
            long size;
            using (var aside = new LocalFile(path))
            {
                aside.Open(null);
                size = await CopyAsync(body, (bytes, at) => aside.WriteAsync(bytes, at, silence.Token));
            }
            if (size == 0)
            {
                throw new FetchException(MediaError.SourceFailed, $"'{host}' sent an empty segment.", tryAgain: true);
            }
            var position = await start();
            await EnsureSizeAsync(size);
            await MoveAsync(path, position);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task EnsureSizeAsync(long size)
    {
        var start = await fetch.Places.StartOf(number);
        if (start + size > fetch.Limits.MaxBytes)
        {
            throw fetch.Limits.TooLarge(null);
        }
        if (!await fetch.Places.TrySizeAsync(number, size))
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' changed a segment while it was fetched.");
        }
    }

    private async Task MoveAsync(string path, long position)
    {
        await using var aside = File.OpenRead(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await aside.ReadAsync(buffer, silence.Token)) > 0)
            {
                silence.Heard();
                await fetch.Spool.WriteAsync(buffer.AsMemory(0, read), position, silence.Token);
                position += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>Bytes that came.</returns>
    private async Task<long> CopyAsync(Stream body, Func<ReadOnlyMemory<byte>, long, ValueTask> write)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long written = 0;
            var read = await body.ReadAtLeastAsync(buffer, SegmentLikeness.HeadBytes, false, silence.Token);
            fetch.Likeness?.Ensure(buffer.AsSpan(0, read), host);
            for (; read > 0; read = await body.ReadAsync(buffer, silence.Token))
            {
                silence.Heard();
                if (written + read > fetch.Limits.MaxBytes)
                {
                    throw fetch.Limits.TooLarge(null);
                }
                await write(buffer.AsMemory(0, read), written);
                written += read;
                fetch.Received(read);
            }
            return written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
