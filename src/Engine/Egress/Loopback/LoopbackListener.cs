using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Egress.Loopback;

/// <summary>Accepts connections on 127.0.0.1 at a port of the system's choice and serves each until done or disposed.</summary>
internal sealed partial class LoopbackListener : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly ILogger _logger;
    private readonly Task _accepting;
    private bool _isDisposed;

    /// <param name="serve">Owns the exchange, not the socket.</param>
    /// <param name="logger">Logger of what <paramref name="serve"/> did not expect.</param>
    public LoopbackListener(Func<Socket, CancellationToken, Task> serve, ILogger logger)
    {
        _serve = serve;
        _logger = logger;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // One that hung up while queued, or no file handle left: neither may end the listener.
                LogNotAccepted(_logger, e);
                await Task.Delay(RetryDelay, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            var connection = ServeAsync(client);
            _connections.TryAdd(connection, true);
            _ = connection.ContinueWith(
                done => _connections.TryRemove(done, out _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await _serve(client, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The other end went, or we are closing: a reset tells whoever still reads that this is no proper end.
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            }
#pragma warning disable CA1031 // A defect in one exchange is logged and ends that exchange alone.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogBroken(_logger, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A loopback connection could not be accepted")]
    private static partial void LogNotAccepted(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A loopback exchange broke")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
