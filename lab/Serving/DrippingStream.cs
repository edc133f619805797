namespace Decant.Lab.Serving;

/// <summary>Lets the bytes behind a place of the file through in drops, some thousand bytes a second, until it is released.</summary>
/// <param name="response">Response, whose range tells which bytes of the file are written.</param>
/// <param name="from">Byte of the file.</param>
/// <param name="released">Task after whose end nothing is held back.</param>
internal sealed class DrippingStream(HttpResponse response, long from, Task released) : WriteOnlyStream(response.Body)
{
    private const int Drop = 512;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private long? _position;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var position = _position ?? response.GetTypedHeaders().ContentRange?.From ?? 0;
        _position = position + buffer.Length;
        var free = (int)Math.Clamp(from - position, 0, buffer.Length);
        await Inner.WriteAsync(buffer[..free], cancellationToken);
        buffer = buffer[free..];
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..(released.IsCompleted ? buffer.Length : Math.Min(Drop, buffer.Length))];
            buffer = buffer[piece.Length..];
            await Inner.WriteAsync(piece, cancellationToken);
            await Inner.FlushAsync(cancellationToken);
            await Task.WhenAny(released, Task.Delay(Every, cancellationToken));
        }
    }
}
