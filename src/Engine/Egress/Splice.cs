using System.Buffers;
using System.Net.Sockets;
using Decant.Engine.Egress.Loopback;

namespace Decant.Engine.Egress;

/// <summary>Bytes from socket to socket, what comes in counted against a lease.</summary>
internal static class Splice
{
    /// <summary>Larger ones (256 KiB, 1 MiB) made no difference on loopback beyond the noise, and every tunnel holds two.</summary>
    private const int BufferBytes = 64 << 10;

    /// <summary>Copies both ways until both ends are done or either breaks.</summary>
    public static async Task BothWaysAsync(
        Socket client,
        Socket origin,
        EgressLease lease,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(
            OrCancelAsync(token => CopyAsync(client, origin, null, token), both),
            OrCancelAsync(token => CopyAsync(origin, client, lease, token), both)
        );
    }

    /// <summary>Copies what the origin sends until it closes; stops early when the client goes.</summary>
    public static async Task BackAsync(
        Socket origin,
        Socket client,
        EgressLease lease,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = OrCancelAsync(
            async token =>
            {
                await WatchAsync(client, token);
                await both.CancelAsync();
            },
            both
        );
        await Task.WhenAll(watch, OrCancelAsync(token => CopyAsync(origin, client, lease, token), both));
    }

    /// <summary>Copies the number of bytes that a body announced.</summary>
    /// <exception cref="IOException">The client closed before.</exception>
    public static async Task ExactlyAsync(Socket from, Socket to, long bytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (bytes > 0)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length));
                var received = await from.ReceiveAsync(piece, cancellationToken);
                if (received == 0)
                {
                    throw new IOException("The client closed in the middle of its request.");
                }
                await HttpReply.SendAsync(to, piece[..received], cancellationToken);
                bytes -= received;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAsync(
        Socket from,
        Socket to,
        EgressLease? counted,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int received;
            while ((received = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken)) > 0)
            {
                counted?.Receive(received);
                await HttpReply.SendAsync(to, buffer.AsMemory(0, received), cancellationToken);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task WatchAsync(Socket client, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        // Bytes past the request belong to nothing: one request a connection.
        while (await client.ReceiveAsync(one.AsMemory(), cancellationToken) > 0) { }
    }

    private static async Task OrCancelAsync(Func<CancellationToken, Task> work, CancellationTokenSource both)
    {
        try
        {
            await work(both.Token);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            await both.CancelAsync();
            throw;
        }
    }
}
