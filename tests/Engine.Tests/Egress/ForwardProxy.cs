using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Decant.Engine.Fetching.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Egress;

/// <summary>An operator's proxy: leads every tunnel to one local port, answers plain requests with their own first line.</summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly int _port;
    private readonly string? _authorization;

    /// <param name="port">Where tunnels lead.</param>
    /// <param name="userInfo">Credentials wanted, <c>user:password</c>.</param>
    public ForwardProxy(int port, string? userInfo = null)
    {
        _port = port;
        _authorization = userInfo is null ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(userInfo))}";
        _listener = new LoopbackListener(ServeAsync, NullLogger.Instance);
    }

    public int Port => _listener.Port;

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>First lines of what was let through.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        if (await new HttpHeadReader(client).ReadAsync(stop) is not { } head)
        {
            return;
        }
        if (head.Single("Proxy-Authorization") != _authorization)
        {
            await SayAsync("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=x\r\n", "");
            return;
        }
        var line = $"{head.StartLine.First} {head.StartLine.Second}";
        Requests.Enqueue(line);
        if (head.StartLine.First != "CONNECT")
        {
            await SayAsync("200 OK", "", line);
            return;
        }
        using var origin = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await origin.ConnectAsync("127.0.0.1", _port, stop);
        await HttpReply.SendAsync(client, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
        await using var near = new NetworkStream(client);
        await using var far = new NetworkStream(origin);
        await Task.WhenAny(near.CopyToAsync(far, stop), far.CopyToAsync(near, stop));

        Task SayAsync(string status, string fields, string body) =>
            HttpReply.SendAsync(
                client,
                Encoding.Latin1.GetBytes(
                    $"HTTP/1.1 {status}\r\n{fields}Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"
                ),
                stop
            );
    }
}
