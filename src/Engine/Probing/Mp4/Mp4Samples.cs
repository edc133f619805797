using System.Buffers.Binary;

namespace Decant.Engine.Probing.Mp4;

/// <summary>A track's sample table (ISO/IEC 14496-12, 8.5 to 8.7): number, sizes, places and times of its samples.</summary>
internal sealed record Mp4Samples
{
    /// <summary>Months of sound; no sum of so many 31-bit numbers overflows.</summary>
    private const long MostSamples = 1 << 28;

    /// <summary>Samples of plain PCM have a table that says so; ffmpeg reads them in packets of its own.</summary>
    private const int Plain = 1;

    public required long Count { get; init; }
    public required long Bytes { get; init; }

    /// <summary>Sum of their durations, in units of the track's clock.</summary>
    public required long Duration { get; init; }

    /// <summary>Earliest time of presentation.</summary>
    public required long Earliest { get; init; }

    /// <summary>Latest time of presentation, at which the last begins.</summary>
    public required long Latest { get; init; }

    /// <summary>Latest end.</summary>
    public required long End { get; init; }

    /// <summary>The first can be decoded alone.</summary>
    public required bool BeginsWithKey { get; init; }

    /// <param name="index">The whole index.</param>
    /// <param name="table">Boxes of the <c>stbl</c>.</param>
    /// <param name="media">Places of the file that hold samples.</param>
    /// <returns>Null where the tables contradict each other, a sample lies outside the media, or anything is unusual.</returns>
    public static Mp4Samples? TryRead(
        ReadOnlySpan<byte> index,
        IReadOnlyList<Mp4Box> table,
        IReadOnlyList<Mp4Box> media
    )
    {
        var sizes = Only(table, "stsz") is { } stsz ? stsz.In(index) : default;
        if (sizes.Length < 12)
            return null;
        var size = BinaryPrimitives.ReadUInt32BigEndian(sizes[4..]);
        long count = BinaryPrimitives.ReadUInt32BigEndian(sizes[8..]);
        var each = new Mp4Table();
        if (
            count is 0 or > MostSamples
            || (size == 0 && (!Mp4Table.TryRead(sizes, 1, out each, before: 8) || each.Count != count))
            || Times(index, table, count) is not { } times
            || BytesInside(index, table, media, count, size, each) is not { } bytes
        )
            return null;
        var keys = Only(table, "stss") is { } stss ? stss.In(index) : default;
        return times with
        {
            Bytes = bytes,
            BeginsWithKey = keys.IsEmpty || (Mp4Table.TryRead(keys, 1, out var all) && all.Count > 0 && all[0, 0] == 1),
        };
    }

    private static Mp4Box? Only(IReadOnlyList<Mp4Box> boxes, string type)
    {
        Mp4Box? found = null;
        foreach (var box in boxes)
            if (box.Type == type)
            {
                if (found is not null)
                    return null;
                found = box;
            }
        return found;
    }

    /// <summary>Runs of durations (<c>stts</c>) beside runs of offsets between decoding and presentation (<c>ctts</c>).</summary>
    private static Mp4Samples? Times(ReadOnlySpan<byte> index, IReadOnlyList<Mp4Box> table, long count)
    {
        if (Only(table, "stts") is not { } stts || !Mp4Table.TryRead(stts.In(index), 2, out var durations))
            return null;
        var offsets = new Mp4Table();
        var hasOffsets = Only(table, "ctts") is { } ctts;
        if (hasOffsets && !Mp4Table.TryRead(Only(table, "ctts")!.Value.In(index), 2, out offsets))
            return null;
        var (clock, earliest, latest, end) = (0L, long.MaxValue, long.MinValue, long.MinValue);
        var (run, left, offset, leftOfOffset) = (0, 0L, -1, 0L);
        var rest = count;
        for (var shift = 0; rest > 0; )
        {
            if (left == 0)
            {
                if (run == durations.Count)
                    return null;
                left = durations[run++, 0];
                continue;
            }
            if (hasOffsets && leftOfOffset == 0)
            {
                if (++offset == offsets.Count)
                    return null;
                (leftOfOffset, shift) = (offsets[offset, 0], (int)offsets[offset, 1]);
                continue;
            }
            var duration = (int)durations[run - 1, 1];
            var many = hasOffsets ? Math.Min(left, leftOfOffset) : left;
            if (duration <= 0 || many > rest)
                return null;
            earliest = Math.Min(earliest, clock + shift);
            clock += many * duration;
            latest = Math.Max(latest, clock + shift - duration);
            end = Math.Max(end, clock + shift);
            (left, leftOfOffset, rest) = (left - many, leftOfOffset - many, rest - many);
        }
        var isExact =
            left == 0 && run == durations.Count && (!hasOffsets || (leftOfOffset == 0 && offset == offsets.Count - 1));
        return !isExact || (durations.Count == 1 && durations[0, 1] == Plain)
            ? null
            : new Mp4Samples
            {
                Count = count,
                Bytes = 0,
                Duration = clock,
                Earliest = earliest,
                Latest = latest,
                End = end,
                BeginsWithKey = false,
            };
    }

    /// <returns>Bytes of all samples; null where one lies outside the media.</returns>
    private static long? BytesInside(
        ReadOnlySpan<byte> index,
        IReadOnlyList<Mp4Box> table,
        IReadOnlyList<Mp4Box> media,
        long count,
        uint size,
        Mp4Table each
    )
    {
        if (
            Only(table, "stsc") is not { } stsc
            || !Mp4Table.TryRead(stsc.In(index), 3, out var runs)
            || runs.Count == 0
            || runs[0, 0] != 1
        )
            return null;
        var isLong = Only(table, "co64") is not null;
        if (
            Only(table, isLong ? "co64" : "stco") is not { } places
            || table.Any(box => box.Type == (isLong ? "stco" : "co64"))
            || !Mp4Table.TryRead(places.In(index), isLong ? 2 : 1, out var chunks)
        )
            return null;
        var (sample, bytes, run) = (0L, 0L, 0);
        Mp4Box? around = null;
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            // Chunks are counted from one.
            if (run + 1 < runs.Count && runs[run + 1, 0] <= chunk + 1)
            {
                if (runs[++run, 0] != chunk + 1)
                    return null;
            }
            var many = runs[run, 1];
            if (many == 0 || many > count - sample)
                return null;
            long length = 0;
            if (size != 0)
                length = many * (long)size;
            else
                for (var one = 0; one < many; one++)
                {
                    var bytesOfOne = each[(int)sample + one, 0];
                    if (bytesOfOne == 0)
                        return null;
                    length += bytesOfOne;
                }
            sample += many;
            bytes += length;
            var start = isLong ? (long)(((ulong)chunks[chunk, 0] << 32) | chunks[chunk, 1]) : chunks[chunk, 0];
            if (around is not { } here || start < here.Body || start >= here.End)
                around = media.Where(box => start >= box.Body && start < box.End).Cast<Mp4Box?>().FirstOrDefault();
            if (around is null || length > around.Value.End - start)
                return null;
        }
        return sample == count && run == runs.Count - 1 ? bytes : null;
    }
}
