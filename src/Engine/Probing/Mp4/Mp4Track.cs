using System.Buffers.Binary;
using System.Text;

namespace Decant.Engine.Probing.Mp4;

/// <summary>A track of an index that says all of it.</summary>
/// <param name="Handler"><c>vide</c>, <c>soun</c>, <c>text</c> …</param>
/// <param name="Packets">Packets on the presentation's clock, as ffmpeg's reader hands them out.</param>
/// <param name="BeginsWithKey">The first sample can be decoded alone.</param>
internal sealed record Mp4Track(string Handler, ReadPackets Packets, bool BeginsWithKey)
{
    private const string Sound = "soun";

    /// <param name="file">File with its outermost boxes, and its index.</param>
    /// <returns>All tracks in order; null where the index leaves anything open that only the samples could tell.</returns>
    public static IReadOnlyList<Mp4Track>? TryReadAll(Mp4File file)
    {
        var index = file.Index.AsSpan();
        var media = file.Media.ToList();
        if (
            Mp4Box.Read(index, 0, index.Length)?.Children(index) is not { } boxes
            || boxes.Any(box => box.Type is "mvex" or "cmov")
            || boxes.FirstOrDefault(box => box.Type == "mvhd") is not { Type: not null } header
            || TimescaleOf(header.In(index)) is not { } clock
        )
            return null;
        var tracks = new List<Mp4Track>();
        foreach (var box in boxes.Where(box => box.Type == "trak"))
        {
            if (TryRead(index, box, clock, media) is not { } track)
                return null;
            tracks.Add(track);
        }
        return tracks;
    }

    private static Mp4Track? TryRead(ReadOnlySpan<byte> index, Mp4Box track, uint clock, IReadOnlyList<Mp4Box> media)
    {
        if (
            Within(index, track, "mdia") is not { } mdia
            || Within(index, mdia, "mdhd") is not { } header
            || TimescaleOf(header.In(index)) is not { } own
            || Within(index, mdia, "hdlr") is not { } handler
            || handler.In(index).Length < 12
            || Within(index, mdia, "minf") is not { } minf
            || Within(index, minf, "stbl")?.Children(index) is not { } table
            || Mp4Samples.TryRead(index, table, media) is not { } samples
        )
            return null;
        var kind = Encoding.Latin1.GetString(handler.In(index)[8..12]);
        return ShiftOf(index, track, clock, own, kind, samples) is { } shift
            ? new Mp4Track(
                kind,
                new ReadPackets(samples.Count, Time(samples.Earliest), Time(samples.End))
                {
                    Bytes = samples.Bytes,
                    Sum = TimeSpan.FromSeconds(samples.Duration / (double)own),
                },
                samples.BeginsWithKey
            )
            : null;

        TimeSpan Time(long time) => TimeSpan.FromSeconds(time / (double)own) + shift;
    }

    /// <summary>
    /// An edit list (ISO/IEC 14496-12, 8.6.6) that begins the track later, or leaves out what an encoder puts before it, and plays the rest through.
    /// Of any other ffmpeg's reader hands out other packets than there are samples.
    /// </summary>
    private static TimeSpan? ShiftOf(
        ReadOnlySpan<byte> index,
        Mp4Box track,
        uint clock,
        uint own,
        string handler,
        Mp4Samples samples
    )
    {
        if (Within(index, track, "edts") is not { } edits)
            return track.Children(index)!.Any(box => box.Type == "edts") ? null : TimeSpan.Zero;
        if (Within(index, edits, "elst") is not { } box || box.In(index) is not { Length: >= 8 } list)
            return null;
        var isLong = list[0] == 1;
        if (!Mp4Table.TryRead(list, isLong ? 5 : 3, out var rows) || rows.Count is 0 or > 2)
            return null;
        var shift = TimeSpan.Zero;
        for (var row = 0; row < rows.Count; row++)
        {
            var duration = isLong ? Long(rows, row, 0) : rows[row, 0];
            var from = isLong ? Long(rows, row, 2) : (int)rows[row, 1];
            var length = TimeSpan.FromSeconds(duration / (double)clock);
            if (rows[row, isLong ? 4 : 2] != 1 << 16 || duration is <= 0 or > (long)1e12)
                return null;
            if (row < rows.Count - 1)
            {
                // An empty edit: nothing is shown for so long.
                if (from != -1)
                    return null;
                shift += length;
                continue;
            }
            // Sound is read from a second before, a picture from its key frame.
            var most = handler == Sound ? own : samples.Earliest;
            var end = from + (duration + 1) / (double)clock * own;
            if (from < 0 || from > most || end <= samples.Latest)
                return null;
            shift -= TimeSpan.FromSeconds(from / (double)own);
        }
        return shift;
    }

    private static long Long(Mp4Table table, int row, int column) =>
        (long)(((ulong)table[row, column] << 32) | table[row, column + 1]);

    /// <returns>Null where there is none, or several.</returns>
    private static Mp4Box? Within(ReadOnlySpan<byte> index, Mp4Box parent, string type) =>
        parent.Children(index)?.Where(box => box.Type == type).ToList() is [var only] ? only : null;

    /// <returns>Units a second of an <c>mvhd</c> or <c>mdhd</c>.</returns>
    private static uint? TimescaleOf(ReadOnlySpan<byte> header)
    {
        var place = header.IsEmpty || header[0] == 0 ? 12 : 20;
        return
            header.Length >= place + sizeof(uint)
            && BinaryPrimitives.ReadUInt32BigEndian(header[place..]) is > 0 and var units
            ? units
            : null;
    }
}
