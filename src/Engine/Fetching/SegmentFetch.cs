using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>Brings the segments of a medium here side by side and joins them in order.</summary>
internal sealed class SegmentFetch(
    SegmentRequest requests,
    IReadOnlyList<Segment> segments,
    Spool spool,
    OriginBudget budget,
    FetchLimits limits,
    FetchMeter meter
)
{
    private readonly SegmentKeys _keys = new(requests);
    private readonly string _host = segments[0].Url.IdnHost;
    private long _position;
    private int _done;

    /// <returns>The size of the whole.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var free = new SemaphoreSlim(1, budget.Most);
        var coming = new Queue<Task<byte[]>>();
        var connections = 1;
        budget.TakeFirst(_host);
        try
        {
            spool.Open(null);
            for (var next = 0; next < segments.Count || coming.Count > 0; )
            {
                // What has come waits for what is before it: two for each connection keep all of them busy.
                while (next < segments.Count && coming.Count < 2 * connections)
                {
                    coming.Enqueue(BringAsync(segments[next++], free, stop.Token));
                }
                await KeepAsync(await coming.Dequeue(), cancellationToken);
                // The first has been served: the origin is well, and gets two more at a time.
                for (var more = 0; more < 2 && connections < budget.Most && budget.TryTakeMore(_host); more++)
                {
                    connections++;
                    free.Release();
                }
            }
            spool.Finish(_position);
            meter.Finish(_position);
            return _position;
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(coming)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (; connections > 0; connections--)
            {
                budget.Release(_host);
            }
        }
    }

    private async Task<byte[]> BringAsync(Segment segment, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            var answer = await requests.GetAsync(
                segment.Url,
                segment.Part,
                isMedia: true,
                read => meter.Add(read, Volatile.Read(ref _position), Estimate()),
                cancellationToken
            );
            return segment.Cipher is { } cipher
                ? await _keys.DecryptAsync(answer.Bytes, cipher, _host, cancellationToken)
                : answer.Bytes;
        }
        finally
        {
            free.Release();
        }
    }

    private async Task KeepAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (_position + bytes.Length > limits.MaxBytes)
        {
            throw limits.TooLarge(null);
        }
        await spool.WriteAsync(bytes, _position, cancellationToken);
        Volatile.Write(ref _position, _position + bytes.Length);
        _done++;
    }

    /// <summary>As if the segments to come were as large as those that came.</summary>
    private long? Estimate() => _done is > 0 and var done ? Volatile.Read(ref _position) / done * segments.Count : null;
}
