using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings one remote file here over as many connections as help, going on where a broken one left off.</summary>
internal sealed class HttpFetch(
    HttpClient http,
    RemoteFile remote,
    Spool spool,
    OriginBudget budget,
    FetchLimits limits,
    FetchMeter meter,
    TimeProvider time,
    ILogger logger
)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    /// <summary>The version of the file that is here in part; null where nothing is.</summary>
    public FileAnswer? Version { get; init; }

    /// <returns>The file's size.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        long size;
        try
        {
            size = await BringAsync(Version, cancellationToken);
        }
        catch (FileChangedException)
        {
            spool.Clear();
            try
            {
                size = await BringAsync(null, cancellationToken);
            }
            catch (FileChangedException e)
            {
                throw new MediaException(MediaError.SourceFailed, $"'{remote.Host}' keeps changing the file.", e);
            }
        }
        meter.Finish(size);
        return size;
    }

    private async Task<long> BringAsync(FileAnswer? version, CancellationToken cancellationToken)
    {
        var fetch = new SharedFetch(remote, spool, version, limits, time);
        var count = new ConnectionCount(budget.Most, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connections = new List<Task<bool>>();
        try
        {
            while (!spool.IsWhole)
            {
                Fill(fetch, connections, stop.Token);
                var tick = Task.Delay(Tick, time, stop.Token);
                var done = await Task.WhenAny([.. connections, tick]);
                if (done is Task<bool> connection)
                {
                    connections.Remove(connection);
                    if (!await connection)
                    {
                        count.Refused(connections.Count);
                    }
                    if (fetch.Size is { } size && spool.Gap(0, size) is null)
                    {
                        spool.Finish(size);
                    }
                }
                else if (fetch is { HasRanges: true, Size: { } size })
                {
                    count.Observe(spool.Arrived, size - spool.Arrived, fetch.Latency);
                }
                fetch.Target = count.Target;
                cancellationToken.ThrowIfCancellationRequested();
            }
            return spool.Arrived;
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(connections)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Fill(SharedFetch fetch, List<Task<bool>> connections, CancellationToken cancellationToken)
    {
        if (connections.Count == 0)
        {
            budget.TakeFirst(remote.Host);
            connections.Add(ConnectAsync(fetch, cancellationToken));
        }
        // A reader that waits for a byte far from all others is worth one above the number.
        var most = fetch.Target + (fetch.HasUrgent ? 1 : 0);
        while (connections.Count < most && budget.TryTakeMore(remote.Host))
        {
            connections.Add(ConnectAsync(fetch, cancellationToken));
        }
    }

    private async Task<bool> ConnectAsync(SharedFetch fetch, CancellationToken cancellationToken)
    {
        fetch.Join();
        try
        {
            return await new Connection(http, fetch, meter, time, logger).RunAsync(cancellationToken);
        }
        finally
        {
            fetch.Leave();
            budget.Release(remote.Host);
        }
    }
}
