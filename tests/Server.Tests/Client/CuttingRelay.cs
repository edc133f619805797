using System.Net;
using System.Net.Sockets;

namespace Decant.Server.Tests.Client;

/// <summary>A relay on the way to a server that ends connections in the middle of what they carry.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Uri _server;
    private readonly int _cutAfter;
    private readonly Task _accepting;
    private int _left;
    private long _carried;

    /// <param name="server">Where it leads.</param>
    /// <param name="cutAfter">Bytes of answers after which a connection ends.</param>
    /// <param name="times">So many connections end thus.</param>
    public CuttingRelay(Uri server, int cutAfter, int times)
    {
        (_server, _cutAfter, _left) = (server, cutAfter, times);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Cuts that are still to come.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>Bytes of answers that came through.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var caller = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _over.Token);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
            var asking = caller.GetStream().CopyToAsync(server.GetStream(), ended.Token);
            await AnswerAsync(server.GetStream(), caller.GetStream());
            await ended.CancelAsync();
            await asking;
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // Either side has hung up, or the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        var carried = 0;
        for (int count; (count = await from.ReadAsync(buffer, _over.Token)) > 0; )
        {
            var room = Left > 0 ? Math.Min(count, _cutAfter - carried) : count;
            await to.WriteAsync(buffer.AsMemory(0, room), _over.Token);
            carried += room;
            Interlocked.Add(ref _carried, room);
            if (Left > 0 && carried >= _cutAfter)
            {
                Interlocked.Decrement(ref _left);
                return;
            }
        }
    }
}
