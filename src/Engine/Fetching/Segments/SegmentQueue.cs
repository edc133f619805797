using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Deals segments out to connections in order; once all are dealt, parts of those still under way.</summary>
internal sealed class SegmentQueue(SegmentList list)
{
    private readonly Lock _lock = new();
    private readonly List<SegmentArrival> _arriving = [];
    private readonly bool _hasDurations = list.Duration is not null;
    private int _next;
    private int _placed;
    private long _known;
    private double _weightKnown;

    /// <summary>True where every segment is in its place.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _placed == list.Items.Count;
            }
        }
    }

    /// <summary>Estimated bytes of all segments, the unknown ones taken to be as large as the others for their length; null while no size is known.</summary>
    public long? Total
    {
        get
        {
            lock (_lock)
            {
                var all = _hasDurations ? list.Duration!.Value.TotalSeconds : list.Items.Count;
                return _weightKnown > 0 ? (long)(_known / _weightKnown * all) : null;
            }
        }
    }

    /// <param name="worth">Fewer bytes are not worth a request of their own.</param>
    /// <returns>Null where nothing is left that is worth another request.</returns>
    public SegmentShare? Take(long worth)
    {
        lock (_lock)
        {
            if (_next == list.Items.Count)
            {
                return TakeOver(worth);
            }
            var segment = new SegmentArrival(_next++);
            _arriving.Add(segment);
            return Add(segment, 0, long.MaxValue);
        }
    }

    /// <summary>The origin said how large a segment is.</summary>
    /// <param name="share">Share that was asked for.</param>
    /// <param name="answer">Head of its answer.</param>
    /// <returns>False where it is another than the one whose parts are here.</returns>
    public bool TryAnnounce(SegmentShare share, SegmentHead answer)
    {
        lock (_lock)
        {
            var segment = share.Segment;
            if (segment.WasShared)
            {
                return answer.Size == segment.Size
                    && (segment.Version is null || answer.Version is null || segment.Version.Equals(answer.Version));
            }
            if (segment.Size is null && answer.Size is { } size)
            {
                Count(segment.Number, size);
            }
            (segment.Size, segment.Version, segment.HasRanges) = (answer.Size, answer.Version, answer.HasRanges);
            share.Claim.ShortenTo(answer.Size ?? long.MaxValue);
            return true;
        }
    }

    /// <summary>A share has come.</summary>
    /// <returns>Whether all of its segment has.</returns>
    public bool Complete(SegmentShare share)
    {
        lock (_lock)
        {
            share.Segment.Shares.Remove(share);
            return share.Segment.Shares.Count == 0;
        }
    }

    /// <summary>Counts a segment of which all is where it belongs.</summary>
    public void Placed(SegmentArrival segment, long size)
    {
        lock (_lock)
        {
            if (segment.Size is null)
            {
                Count(segment.Number, size);
            }
            _arriving.Remove(segment);
            _placed++;
        }
    }

    /// <summary>Deletes what lies aside of segments that never came whole.</summary>
    public void Discard() => _arriving.ForEach(segment => segment.Dispose());

    /// <summary>The farther half of the largest part still under way.</summary>
    private SegmentShare? TakeOver(long worth)
    {
        var largest = _arriving
            .Where(segment => segment.HasRanges && segment.Size is not null)
            .SelectMany(segment => segment.Shares)
            .MaxBy(share => share.Claim.Left);
        if (largest is null || largest.Claim.Left < 2 * worth)
        {
            return null;
        }
        var (middle, end) = (largest.Claim.Position + (largest.Claim.Left / 2), largest.Claim.End);
        largest.Claim.ShortenTo(middle);
        largest.Segment.WasShared = true;
        return Add(largest.Segment, middle, end);
    }

    private static SegmentShare Add(SegmentArrival segment, long start, long end)
    {
        var share = new SegmentShare(segment, new RangeClaim(start, end));
        segment.Shares.Add(share);
        return share;
    }

    private void Count(int number, long size)
    {
        _known += size;
        _weightKnown += _hasDurations ? list.Items[number].Duration!.Value.TotalSeconds : 1;
    }
}
