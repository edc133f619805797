using System.Buffers.Binary;

namespace Decant.Engine.Fetching.Periods;

/// <summary>The periods of a DASH stream as they lie joined in a file: each begins with a head of its own.</summary>
internal sealed class JoinedPeriods
{
    /// <summary>Of a head or of a fragment's index; a stranger's word on a size takes no more memory than this.</summary>
    private const int MostBytes = 16 << 20;

    private readonly List<Period> _periods = [];

    private JoinedPeriods() { }

    public IReadOnlyList<Period> All => _periods;

    /// <summary>Where the type of each index of segments is written; their times are those of before.</summary>
    public List<long> IndexTypes { get; } = [];

    /// <returns>Null for what is no such file, or not understood.</returns>
    public static JoinedPeriods? TryRead(FileStream file)
    {
        var joined = new JoinedPeriods();
        var head = new byte[Box.LongestHead];
        for (long position = 0, end = file.Length; position < end; )
        {
            file.Position = position;
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (Box.Read(head.AsSpan(0, read), position, end) is not { } box)
            {
                return null;
            }
            if (box.Type == "sidx")
            {
                joined.IndexTypes.Add(position + 4);
            }
            else if (box.Type is "moov" or "moof" && !joined.TryTake(box, file))
            {
                return null;
            }
            position = box.End;
        }
        return joined._periods.Exists(period => period.IsEmpty) ? null : joined;
    }

    private bool TryTake(Box box, FileStream file)
    {
        if (box.End - box.Start > MostBytes)
        {
            return false;
        }
        var content = new byte[box.End - box.Start];
        file.Position = box.Start;
        file.ReadExactly(content);
        try
        {
            return box.Type == "moov" ? TryTakeHead(box, content) : TryTakeFragment(box, content);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A box that says more than it holds.
            return false;
        }
    }

    private bool TryTakeHead(Box moov, ReadOnlySpan<byte> content)
    {
        if (
            Find(content, moov, "trak", "mdia", "mdhd") is not { } mdhd
            || Find(content, moov, "mvex", "trex") is not { } trex
        )
        {
            return false;
        }
        var clock = Of(mdhd, content, moov);
        var timescale = BinaryPrimitives.ReadUInt32BigEndian(clock[(clock[0] == 1 ? 20 : 12)..]);
        _periods.Add(new Period(timescale, BinaryPrimitives.ReadUInt32BigEndian(Of(trex, content, moov)[12..])));
        return timescale > 0;
    }

    private bool TryTakeFragment(Box moof, ReadOnlySpan<byte> content)
    {
        if (
            _periods.Count == 0
            || Find(content, moof, "traf") is not { } traf
            || Find(content, moof, "traf", "tfdt") is not { } tfdt
            || Find(content, moof, "traf", "tfhd") is not { } tfhd
        )
        {
            return false;
        }
        var time = Of(tfdt, content, moof);
        var is64Bit = time[0] == 1;
        var ticks = is64Bit
            ? BinaryPrimitives.ReadInt64BigEndian(time[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(time[4..]);
        var usual = SampleRun.UsualDuration(Of(tfhd, content, moof)) ?? _periods[^1].UsualDuration;
        long duration = 0;
        foreach (var run in traf.Children(Of(traf, content, moof)).Where(box => box.Type == "trun"))
        {
            duration += SampleRun.Duration(Of(run, content, moof), usual);
        }
        _periods[^1].Add(new FragmentTime(tfdt.Start + 4, ticks, is64Bit), duration);
        return ticks >= 0;
    }

    private static Box? Find(ReadOnlySpan<byte> content, Box root, params ReadOnlySpan<string> path)
    {
        var box = root;
        foreach (var type in path)
        {
            var found = box.Children(Of(box, content, root)).FirstOrDefault(child => child.Type == type);
            if (found.Type is null)
            {
                return null;
            }
            box = found;
        }
        return box;
    }

    private static ReadOnlySpan<byte> Of(Box box, ReadOnlySpan<byte> content, Box root) =>
        content[(int)(box.Start - root.Start)..(int)(box.End - root.Start)];
}
