using System.Net.Http.Headers;
using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Fetching.Segments;

/// <summary>A segment on its way: one connection's, until others that have nothing left to do take parts of it over.</summary>
/// <param name="number">Place among all segments, from 0.</param>
internal sealed class SegmentArrival(int number) : IDisposable
{
    public int Number => number;

    /// <summary>Bytes as they are served; null while nobody knows.</summary>
    public long? Size { get; set; }

    /// <summary>The state of what is served, for <c>If-Range</c>; null where the origin gave nothing fit for it.</summary>
    public RangeConditionHeaderValue? Version { get; set; }

    /// <summary>The origin gives any part of it.</summary>
    public bool HasRanges { get; set; }

    /// <summary>File where it waits for its turn; null where it is written to its place as it comes.</summary>
    public SegmentAside? Aside { get; set; }

    /// <summary>Parts that connections are bringing.</summary>
    public List<SegmentShare> Shares { get; } = [];

    /// <summary>Parts of it came apart: another version can be joined to none of them.</summary>
    public bool WasShared { get; set; }

    public void Dispose() => Aside?.Dispose();
}

/// <summary>The part of a segment that one connection is bringing; mostly all of it.</summary>
/// <param name="Segment">Segment that the share is a part of.</param>
/// <param name="Claim">Claim on its bytes.</param>
internal sealed record SegmentShare(SegmentArrival Segment, RangeClaim Claim);
