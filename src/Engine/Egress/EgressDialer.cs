using System.Net;
using System.Net.Sockets;
using Decant.Engine.Errors;

namespace Decant.Engine.Egress;

/// <summary>Opens connections, always to an address that was checked.</summary>
internal sealed class EgressDialer(EgressRouter router, NameResolver resolve, TimeProvider time)
{
    /// <summary>Time for connecting to one target, all its addresses together.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Connection attempt delay: an address is tried alone for so long (RFC 8305, section 8).</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>A name may list any number of addresses; this many are tried.</summary>
    private const int MaxAddresses = 8;

    /// <summary>Looks the target up once and keeps what may be reached.</summary>
    /// <exception cref="MediaException"><c>blocked_address</c>, or <c>source_failed</c> where the name does not resolve.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        EgressTarget target,
        CancellationToken cancellationToken
    ) => router.Reachable(target, target.Addresses ?? await LookUpAsync(target.Host, cancellationToken));

    /// <summary>Connects to the target itself, past any upstream proxy.</summary>
    /// <exception cref="MediaException">As <see cref="ResolveAsync"/>, and <c>source_failed</c> or <c>source_timeout</c> where nobody answers.</exception>
    public async Task<Socket> ConnectAsync(EgressTarget target, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(target, cancellationToken);
        return await ConnectAnyAsync(target.Host, target.Port, addresses, cancellationToken);
    }

    /// <summary>Connects to the upstream proxy, whose address is not checked.</summary>
    /// <exception cref="MediaException"><c>source_failed</c>, <c>source_timeout</c>.</exception>
    public async Task<Socket> ConnectAsync(UpstreamProxy upstream, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(upstream.Host, out var literal)
            ? [literal]
            : await LookUpAsync(upstream.Host, cancellationToken);
        return await ConnectAnyAsync(upstream.Host, upstream.Port, addresses, cancellationToken);
    }

    private async Task<IReadOnlyList<IPAddress>> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(host, cancellationToken).WaitAsync(ConnectTimeout, time, cancellationToken);
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
        }
        catch (SocketException e)
        {
            throw new MediaException(MediaError.SourceFailed, $"The name '{host}' does not resolve: {e.Message}.", e);
        }
        catch (TimeoutException e)
        {
            throw new MediaException(MediaError.SourceTimeout, $"Looking up the name '{host}' took too long.", e);
        }
    }

    private async Task<Socket> ConnectAnyAsync(
        string host,
        int port,
        IReadOnlyList<IPAddress> addresses,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await RaceAsync([.. addresses.Take(MaxAddresses)], port, race);
        }
        catch (SocketException e)
        {
            throw new MediaException(
                MediaError.SourceFailed,
                $"'{host}' could not be reached on port {port}: {e.Message}.",
                e
            );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"'{host}' did not answer on port {port} within {ConnectTimeout.TotalSeconds:0} s.",
                e
            );
        }
    }

    /// <summary>Tries one address after the other, not waiting for a slow one to fail before the next starts (RFC 8305).</summary>
    private async Task<Socket> RaceAsync(IPAddress[] addresses, int port, CancellationTokenSource race)
    {
        var attempts = new List<Task<Socket>>();
        try
        {
            for (var next = 0; ; )
            {
                if (next < addresses.Length)
                {
                    attempts.Add(ConnectOneAsync(new IPEndPoint(addresses[next++], port), race.Token));
                }
                var headStart = Task.Delay(
                    next < addresses.Length ? HeadStart : Timeout.InfiniteTimeSpan,
                    time,
                    race.Token
                );
                var first = await Task.WhenAny([.. attempts, headStart]);
                if (first == headStart)
                {
                    race.Token.ThrowIfCancellationRequested();
                    continue;
                }
                var attempt = (Task<Socket>)first;
                var isLast = attempts.Count == 1 && next == addresses.Length;
                if (attempt.IsCompletedSuccessfully || isLast)
                {
                    attempts.Remove(attempt);
                    return await attempt;
                }
                attempts.Remove(attempt);
                await DropAsync(attempt);
            }
        }
        finally
        {
            await race.CancelAsync();
            foreach (var loser in attempts)
            {
                await DropAsync(loser);
            }
        }
    }

    private static async Task DropAsync(Task<Socket> attempt)
    {
        try
        {
            (await attempt).Dispose();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Another address won, or the last one will tell why none did.
        }
    }

    private static async Task<Socket> ConnectOneAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return socket;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Asks for all addresses of a name.</summary>
internal delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);
