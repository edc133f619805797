using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Decant.Engine.Egress.Loopback;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A file served over HTTP on the loopback, under a secret path.</summary>
internal sealed class PrivateAddress : IAsyncDisposable
{
    private readonly string _path = $"/{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
    private readonly Func<Socket, HttpHead, CancellationToken, Task> _answer;
    private readonly TimeSpan _patience;
    private readonly LoopbackListener _listener;

    /// <param name="answer">Answers a GET or HEAD; owns the exchange, not the socket.</param>
    /// <param name="patience">Patience with a client that does not finish its question.</param>
    /// <param name="logger">Logger of what <paramref name="answer"/> did not expect.</param>
    public PrivateAddress(Func<Socket, HttpHead, CancellationToken, Task> answer, TimeSpan patience, ILogger logger)
    {
        _answer = answer;
        _patience = patience;
        _listener = new LoopbackListener(ServeAsync, logger);
        Url = new Uri($"http://127.0.0.1:{_listener.Port}{_path}");
    }

    /// <summary><c>http://127.0.0.1:port/token</c></summary>
    public Uri Url { get; }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        try
        {
            if (await ReadAsync(client, stop) is not { } head)
            {
                return;
            }
            if (head.StartLine.Second != _path || head.StartLine.First is not ("GET" or "HEAD"))
            {
                await HttpReply.RefuseAsync(client, HttpStatusCode.NotFound, "No such file.", stop);
                return;
            }
            await _answer(client, head, stop);
        }
        catch (HttpHeadException e)
        {
            await HttpReply.RefuseAsync(client, HttpStatusCode.BadRequest, e.Message, stop);
        }
    }

    private async Task<HttpHead?> ReadAsync(Socket client, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        return await new HttpHeadReader(client).ReadAsync(limit.Token);
    }
}
