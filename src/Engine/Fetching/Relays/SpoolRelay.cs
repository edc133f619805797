using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A loopback HTTP server that offers a spool while it fills: an answer waits for its bytes, and what it waits for is fetched next.</summary>
internal sealed class SpoolRelay : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Spool _spool;
    private readonly long? _size;
    private readonly int _edition;
    private readonly PrivateAddress _address;

    /// <param name="spool">Spool to offer.</param>
    /// <param name="size">Size of the whole file; null for a stream, which is given from its beginning only.</param>
    /// <param name="logger">Logger of what nobody expected.</param>
    public SpoolRelay(Spool spool, long? size, ILogger logger)
    {
        _spool = spool;
        _size = size;
        _edition = spool.Edition;
        _address = new PrivateAddress(ServeAsync, Patience, logger);
    }

    /// <summary>Address of the relay: <c>http://127.0.0.1:port/token</c>.</summary>
    public Uri Address => _address.Url;

    public ValueTask DisposeAsync() => _address.DisposeAsync();

    private async Task ServeAsync(Socket client, HttpHead head, CancellationToken stop)
    {
        if (Start(head) is not { } start || start >= (_size ?? 1))
        {
            await HttpReply.RefuseAsync(
                client,
                HttpStatusCode.RequestedRangeNotSatisfiable,
                "No such part.",
                stop,
                string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes */{(object?)_size ?? '*'}\r\n")
            );
            return;
        }
        await HttpReply.SendAsync(client, Encoding.Latin1.GetBytes(Head(start)), stop);
        if (head.StartLine.First == "GET")
        {
            await CopyAsync(client, start, stop);
        }
        client.Shutdown(SocketShutdown.Send);
    }

    private string Head(long start) =>
        _size is { } size
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {HttpReply.Line(HttpStatusCode.PartialContent)}\r\nConnection: close\r\nAccept-Ranges: bytes\r\n"
                    + $"Content-Length: {size - start}\r\nContent-Range: bytes {start}-{size - 1}/{size}\r\n\r\n"
            )
            : $"HTTP/1.1 {HttpReply.Line(HttpStatusCode.OK)}\r\nConnection: close\r\nAccept-Ranges: none\r\n\r\n";

    /// <summary>The reader on the other end is ffmpeg, which only ever asks for all from some byte on.</summary>
    private static long? Start(HttpHead head) =>
        head.Single("Range") is not { } range ? 0
        : range.StartsWith("bytes=", StringComparison.Ordinal)
        && range.EndsWith('-')
        && long.TryParse(range["bytes=".Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
        : null;

    private async Task CopyAsync(Socket client, long position, CancellationToken stop)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var leaving = WaitUntilGoneAsync(client, gone);
        var buffer = ArrayPool<byte>.Shared.Rent(256 << 10);
        try
        {
            int read;
            while ((read = await _spool.ReadAsync(buffer, position, _edition, gone.Token)) > 0)
            {
                await HttpReply.SendAsync(client, buffer.AsMemory(0, read), gone.Token);
                position += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await gone.CancelAsync();
            await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A reader that goes elsewhere hangs up; what it waited for here must not be fetched first any more.</summary>
    private static async Task WaitUntilGoneAsync(Socket client, CancellationTokenSource gone)
    {
        await client.ReceiveAsync(new byte[1], gone.Token);
        await gone.CancelAsync();
    }
}
