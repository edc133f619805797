namespace Decant.Engine.Fetching.Segments;

/// <summary>Parts of a medium in pieces: each begins with a segment that <see cref="Segment.BeginsPart"/>.</summary>
internal sealed class SegmentParts
{
    private readonly IReadOnlyList<Segment> _segments;
    private readonly int[] _partOf;
    private readonly List<SegmentLikeness>? _likenesses;

    public SegmentParts(SegmentList list, TimeProvider time)
    {
        _segments = list.Items;
        _partOf = new int[_segments.Count];
        var likenesses = new List<SegmentLikeness> { new(first: 0, time) };
        for (var number = 1; number < _segments.Count; number++)
        {
            if (_segments[number].BeginsPart)
            {
                likenesses.Add(new(number, time));
            }
            _partOf[number] = likenesses.Count - 1;
        }
        _likenesses = list.Duration is null ? null : likenesses;
    }

    /// <summary>The kind that all segments of one part are of; null where pieces may begin anywhere: what is cut at times has them, what is cut at bytes has not. Null for a part of one segment, too.</summary>
    public SegmentLikeness? LikenessOf(int segment) => IsAlone(segment) ? null : _likenesses?[_partOf[segment]];

    /// <param name="path">The joined file, whole.</param>
    /// <param name="places">Places of the segments in it.</param>
    /// <returns>Empty where there is but one part.</returns>
    public async Task<IReadOnlyList<SourcePart>> ReadAsync(string path, SegmentPlaces places)
    {
        var parts = new List<SourcePart>();
        for (int first = 0, next; _partOf[^1] > 0 && first < _segments.Count; first = next)
        {
            for (next = first + 1; next < _segments.Count && _partOf[next] == _partOf[first]; next++) { }
            var duration = _segments
                .Skip(first)
                .Take(next - first)
                .Aggregate((TimeSpan?)TimeSpan.Zero, (sum, segment) => sum + segment.Duration);
            parts.Add(
                new SourcePart(path, await places.StartOf(first), await places.StartOf(next), duration)
                {
                    Window = _segments[first].Window,
                }
            );
        }
        return parts;
    }

    private bool IsAlone(int segment) =>
        (segment == 0 || _partOf[segment - 1] != _partOf[segment])
        && (segment == _partOf.Length - 1 || _partOf[segment + 1] != _partOf[segment]);
}
