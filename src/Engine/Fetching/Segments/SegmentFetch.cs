using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Relays;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Brings the segments of a medium here side by side, each to its place in the joined file.</summary>
// Eight parameters: what is brought, where to, within what limits and by what means.
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
    private readonly SegmentQueue _queue = new(link.Now);
    private readonly SegmentParts _parts = new(link.Now, time);

    /// <summary>Clock of the fragments; null where parts have clocks of their own.</summary>
    private readonly FragmentClock? _clock = link.Now.HasParts ? null : new();
    private long _received;
    private int _mirror;

    /// <summary>The server, of those that have the segments, that serves them now (<see cref="Segment.On"/>).</summary>
    public int Mirror => Volatile.Read(ref _mirror);

    /// <summary>A server does not have what it should; another may.</summary>
    /// <param name="dead">The one that was asked.</param>
    /// <param name="mirrors">Number of others that are there.</param>
    /// <returns>Whether another is to be asked now.</returns>
    public bool TryAnother(int dead, int mirrors) =>
        dead < mirrors && (Interlocked.CompareExchange(ref _mirror, dead + 1, dead) is var now && now >= dead);

    /// <summary>Connections to begin with: no reader waits for the beginning of a stream in pieces, and players ask for many.</summary>
    public int First => link.Now.Items.Count;

    public SegmentKeys Keys { get; } = new(new SegmentRequest(http, link.Now.Headers, limits, time));

    public SegmentPlaces Places { get; } = new(link.Now.Items.Count);

    public Spool Spool => spool;
    public FetchLimits Limits => limits;
    public int Target { get; set; } = 1;
    public bool HasUrgent => false;

    public CrewPace Going { get; } = new(time);

    public FetchPace? Pace
    {
        get
        {
            var received = Volatile.Read(ref _received);
            return Going.Latency is { } latency ? new FetchPace(received, _queue.Total - received, latency) : null;
        }
    }

    /// <returns>The size of the whole.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        meter.Found(link.Now.Duration);
        if (link.Now.HasParts)
        {
            // To be read once all is here: their clocks and codings want to be seen together.
            spool.Open(null);
        }
        else
        {
            spool.OpenStream(link.Now.Duration);
        }
        try
        {
            await new Crew(this, budget, link.Now.Host, time).RunAsync(cancellationToken);
        }
        finally
        {
            await Keys.EndAsync();
            _queue.Discard();
        }
        spool.Parts = await _parts.ReadAsync(spool.Path, Places);
        meter.Finish(spool.Arrived);
        return spool.Arrived;
    }

    public bool TryFinish()
    {
        if (_queue.IsEmpty && !spool.IsWhole)
        {
            spool.Finish(spool.Arrived);
        }
        return spool.IsWhole;
    }

    public Task<bool> WorkAsync(CancellationToken cancellationToken) =>
        new SegmentConnection(http, this, link, time, logger).RunAsync(cancellationToken);

    /// <returns>What to bring next; null where nothing is left, or this connection is not needed.</returns>
    public SegmentShare? Next() => Going.Active > Math.Max(1, Target) ? null : _queue.Take(Going.SmallestShare);

    /// <inheritdoc cref="SegmentParts.LikenessOf"/>
    public SegmentLikeness? LikenessOf(int segment) => _parts.LikenessOf(segment);

    /// <summary>Looks how far into the medium a segment is.</summary>
    /// <param name="beginning">Beginning of what is not encrypted.</param>
    public void Look(ReadOnlySpan<byte> beginning) => meter.Found(_clock?.Read(beginning));

    /// <summary>Fits an answer to what is here already.</summary>
    /// <exception cref="FetchException">It is of another segment than before.</exception>
    public void Accept(SegmentShare share, SegmentHead head, SegmentCipher? cipher, string host)
    {
        var number = share.Segment.Number;
        if (cipher is not null || head.Size is null)
        {
            share.Segment.Aside ??= new SegmentAside($"{spool.Path}.{number}", cipher, Keys);
        }
        if (!_queue.TryAnnounce(share, head))
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' changed a segment while it was fetched.");
        }
    }

    /// <returns>Whether all of its segment is here with it.</returns>
    public bool Complete(SegmentShare share) => _queue.Complete(share);

    /// <summary>Waits for a segment's place.</summary>
    /// <param name="number">Number of the segment.</param>
    /// <param name="size">Bytes that it takes there.</param>
    /// <param name="host">Host that serves it.</param>
    /// <param name="cancellationToken">Token that ends the waiting.</param>
    /// <exception cref="FetchException">It was said to take another number.</exception>
    public async Task<long> PlaceAsync(int number, long size, string host, CancellationToken cancellationToken)
    {
        var start = await Places.StartOf(number).WaitAsync(cancellationToken);
        if (start + size > limits.MaxBytes)
        {
            throw limits.TooLarge(null);
        }
        return await Places.TrySizeAsync(number, size)
            ? start
            : throw new FetchException(MediaError.SourceFailed, $"'{host}' changed a segment while it was fetched.");
    }

    /// <summary>Counts a segment of which all is where it belongs.</summary>
    public void Placed(SegmentArrival segment, long size) => _queue.Placed(segment, size);

    public void Received(int bytes)
    {
        Going.Bring(bytes);
        Interlocked.Add(ref _received, bytes);
        meter.Add(bytes, spool.Arrived, _queue.Total);
    }

    /// <summary>Patience with a connection that sends nothing: another may be luckier, and many wait for what it should bring.</summary>
    public TimeSpan Patience =>
        link.Now.Items.Count > 1 && limits.ImpatientStallTimeout < limits.StallTimeout
            ? limits.ImpatientStallTimeout
            : limits.StallTimeout;
}
