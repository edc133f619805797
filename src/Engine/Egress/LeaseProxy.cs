using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Egress;

/// <summary>The loopback HTTP proxy that children go through: every target checked, every lease with a credential and limits of its own.</summary>
internal sealed partial class LeaseProxy : IAsyncDisposable
{
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, EgressLease> _leases = new();
    private readonly EgressRouter _router;
    private readonly EgressDialer _dialer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LoopbackListener _listener;

    public LeaseProxy(EgressRouter router, EgressDialer dialer, TimeProvider time, ILogger<LeaseProxy> logger)
    {
        _router = router;
        _dialer = dialer;
        _time = time;
        _logger = logger;
        _listener = new LoopbackListener(ServeAsync, logger);
    }

    public EgressLease Open(EgressLimits limits)
    {
        var lease = new EgressLease(_listener.Port, limits, _time, closed => _leases.TryRemove(closed.Id, out _));
        _leases[lease.Id] = lease;
        return lease;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        var reader = new HttpHeadReader(client);
        try
        {
            if (await ReadHeadAsync(reader, stop) is not { } head)
            {
                return;
            }
            if (FindLease(head.Single("Proxy-Authorization")) is not { } lease)
            {
                await HttpReply.RefuseAsync(
                    client,
                    HttpStatusCode.ProxyAuthenticationRequired,
                    "This proxy is open to holders of a lease alone.",
                    stop,
                    "Proxy-Authenticate: Basic realm=\"lease\"\r\n"
                );
                return;
            }
            using var life = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Life);
            var exchange = new LeaseExchange(lease, client, head, reader.Rest, _router, _dialer);
            var wasDenied = lease.Denial is not null;
            lease.Opened();
            try
            {
                await exchange.RunAsync(life.Token);
            }
            finally
            {
                lease.Closed();
            }

            if (!wasDenied && lease.Denial is { } denial)
            {
                LogDenied(_logger, denial.Host, denial.Reason);
            }
        }
        catch (HttpHeadException e)
        {
            await HttpReply.RefuseAsync(client, HttpStatusCode.BadRequest, e.Message, stop);
        }
    }

    private async Task<HttpHead?> ReadHeadAsync(HttpHeadReader reader, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(HeadTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        return await reader.ReadAsync(either.Token);
    }

    private EgressLease? FindLease(string? authorization)
    {
        const string Scheme = "Basic ";
        var token = new byte[128];
        if (
            authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is not true
            || !Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), token, out var length)
        )
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(token, 0, length).Split(':', 2);
        return parts.Length == 2 && _leases.TryGetValue(parts[0], out var lease) && lease.Admits(parts[1])
            ? lease
            : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A child was refused {Host}: {Reason}")]
    private static partial void LogDenied(ILogger logger, string host, string reason);
}
