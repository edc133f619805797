namespace Decant.Engine.Fetching.Relays;

/// <summary>Map of the bytes of a file that have arrived: ranges in order that neither touch nor overlap.</summary>
internal sealed class ByteMap
{
    private readonly List<(long Start, long End)> _ranges = [];

    /// <summary>Bytes that are here.</summary>
    public long Count { get; private set; }

    public void Add(long start, long end)
    {
        if (end <= start)
        {
            return;
        }
        var first = _ranges.FindIndex(range => range.End >= start);
        first = first < 0 ? _ranges.Count : first;
        var last = first;
        while (last < _ranges.Count && _ranges[last].Start <= end)
        {
            var (oldStart, oldEnd) = _ranges[last++];
            (start, end) = (Math.Min(start, oldStart), Math.Max(end, oldEnd));
            Count -= oldEnd - oldStart;
        }
        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, (start, end));
        Count += end - start;
    }

    /// <returns>End of the unbroken bytes that begin at <paramref name="position"/>; the position itself where it is missing.</returns>
    public long EndFrom(long position)
    {
        foreach (var (start, end) in _ranges)
        {
            if (position < end)
            {
                return start <= position ? end : position;
            }
        }
        return position;
    }

    /// <returns>Beginning of the next bytes past a missing <paramref name="position"/>; null where there are none.</returns>
    public long? NextFrom(long position)
    {
        foreach (var (start, _) in _ranges)
        {
            if (start > position)
            {
                return start;
            }
        }
        return null;
    }

    public void Clear()
    {
        _ranges.Clear();
        Count = 0;
    }
}
