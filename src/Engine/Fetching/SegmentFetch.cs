using System.Collections.Concurrent;
using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings the segments of a medium here side by side, each to its place in the joined file.</summary>
internal sealed class SegmentFetch(
    HttpClient http,
    Link<SegmentList> link,
    Spool spool,
    OriginBudget budget,
    FetchLimits limits,
    FetchMeter meter,
    TimeProvider time,
    ILogger logger
) : ICrewWork
{
    private readonly int _count = link.Now.Items.Count;
    private readonly ConcurrentDictionary<Uri, Lazy<Task<byte[]>>> _keys = new();
    private readonly Lock _lock = new();
    private long _received;
    private int _next;
    private int _done;

    public SegmentPlaces Places { get; } = new(link.Now.Items.Count);

    /// <summary>Null where pieces may begin anywhere: what is cut at times has them, what is cut at bytes has not.</summary>
    public SegmentLikeness? Likeness { get; } = link.Now.Duration is null ? null : new SegmentLikeness();

    public Spool Spool => spool;
    public FetchLimits Limits => limits;
    public int Target { get; set; } = 1;
    public bool HasUrgent => false;

    public CrewPace Going { get; } = new(time);

    public int First => 2;

    public FetchPace? Pace
    {
        get
        {
            var received = Volatile.Read(ref _received);
            return Going.Latency is { } latency
                ? new FetchPace(received, Total - received, latency, Going.Answered)
                : null;
        }
    }

    /// <summary>As if the segments to come were as large as those that came.</summary>
    private long? Total => Volatile.Read(ref _done) is > 0 and var done ? spool.Arrived / done * _count : null;

    /// <returns>The size of the whole.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        if (link.Now.HasPeriods)
        {
            // To be read once all is here: their clocks want to be seen together.
            spool.Open(null);
        }
        else
        {
            spool.OpenStream(link.Now.Duration);
        }
        await new Crew(this, budget, link.Now.Host, time).RunAsync(cancellationToken);
        meter.Finish(spool.Arrived);
        return spool.Arrived;
    }

    public bool TryFinish()
    {
        if (Volatile.Read(ref _done) == _count && !spool.IsWhole)
        {
            spool.Finish(spool.Arrived);
        }
        return spool.IsWhole;
    }

    public async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        var connection = new SegmentConnection(http, this, link, time, logger);
        Going.Join();
        try
        {
            return await connection.RunAsync(cancellationToken);
        }
        finally
        {
            Going.Leave(connection.WasAnswered);
        }
    }

    /// <returns>The next segment to bring; null where none is left, or this connection is not needed.</returns>
    public int? Next()
    {
        lock (_lock)
        {
            return Going.Active > Math.Max(1, Target) || _next == _count ? null : _next++;
        }
    }

    public void Received(int bytes)
    {
        Interlocked.Add(ref _received, bytes);
        meter.Add(bytes, spool.Arrived, Total);
    }

    public void Done() => Interlocked.Increment(ref _done);

    /// <summary>With a connection that says nothing: another may be luckier, and many wait for what it should bring.</summary>
    public TimeSpan Patience =>
        _count > 1 && limits.ImpatientStallTimeout < limits.StallTimeout
            ? limits.ImpatientStallTimeout
            : limits.StallTimeout;

    /// <summary>Fetched once, whoever asks first.</summary>
    public Task<byte[]> KeyAsync(Uri url, CancellationToken cancellationToken) =>
        _keys.GetOrAdd(url, _ => new(() => BringKeyAsync(url, cancellationToken))).Value;

    private async Task<byte[]> BringKeyAsync(Uri url, CancellationToken cancellationToken)
    {
        var requests = new SegmentRequest(http, link.Now.Headers, limits, time);
        return (await requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken)).Bytes;
    }
}
