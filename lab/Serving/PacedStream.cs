namespace Decant.Lab.Serving;

/// <summary>Lets bytes behind the head through no faster than a rate, counted from the first one, so that rounding errors do not add up.</summary>
internal sealed class PacedStream(Stream inner, long bytesPerSecond, long head, TimeProvider time)
    : WriteOnlyStream(inner)
{
    private readonly long _started = time.GetTimestamp();
    private readonly int _piece = (int)Math.Clamp(bytesPerSecond / 50, 1, 64 * 1024);
    private long _headLeft = head;
    private long _written;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var atOnce = buffer[..(int)Math.Min(_headLeft, buffer.Length)];
        _headLeft -= atOnce.Length;
        buffer = buffer[atOnce.Length..];
        await Inner.WriteAsync(atOnce, cancellationToken);
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(_piece, buffer.Length)];
            buffer = buffer[piece.Length..];
            _written += piece.Length;
            var due = TimeSpan.FromSeconds((double)_written / bytesPerSecond) - time.GetElapsedTime(_started);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, time, cancellationToken);
            }

            await Inner.WriteAsync(piece, cancellationToken);
        }
    }
}
