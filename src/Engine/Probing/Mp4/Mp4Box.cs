using System.Buffers.Binary;
using System.Text;

namespace Decant.Engine.Probing.Mp4;

/// <summary>A box of an ISO base media file (ISO/IEC 14496-12, 4.2).</summary>
/// <param name="Type">Four letters.</param>
/// <param name="Start">Place of its first byte.</param>
/// <param name="Body">Place of its content.</param>
/// <param name="End">Place after its last byte.</param>
internal readonly record struct Mp4Box(string Type, long Start, long Body, long End)
{
    public const int HeadLength = 8;

    /// <summary>Head of a box that says its size in 64 bits.</summary>
    public const int LongHeadLength = 16;

    /// <summary>Version and flags, with which many boxes begin.</summary>
    public const int VersionLength = 4;

    /// <summary>Boxes inside one, at most: real ones have dozens, and each takes memory.</summary>
    private const int MostChildren = 1000;

    public long Size => End - Start;

    /// <param name="head">The bytes at <paramref name="start"/>; <see cref="LongHeadLength"/> where there are as many.</param>
    /// <param name="start">Place of the box.</param>
    /// <param name="end">End of what holds it.</param>
    /// <returns>Null where there is no box, or one that claims more than there is.</returns>
    public static Mp4Box? Read(ReadOnlySpan<byte> head, long start, long end) => Read(head, start, end, isCut: false);

    /// <summary>Reads a box of a file of which perhaps only the beginning is here: one that claims more, or all that is left (a size of 0), ends with what holds it.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, long, long)"/>
    /// <returns>Null where there is no box.</returns>
    public static Mp4Box? ReadCut(ReadOnlySpan<byte> head, long start, long end) => Read(head, start, end, isCut: true);

    private static Mp4Box? Read(ReadOnlySpan<byte> head, long start, long end, bool isCut)
    {
        if (head.Length < HeadLength)
            return null;
        long size = BinaryPrimitives.ReadUInt32BigEndian(head);
        var length = HeadLength;
        if (size == 1 && head.Length >= LongHeadLength)
            (size, length) = (BinaryPrimitives.ReadInt64BigEndian(head[HeadLength..]), LongHeadLength);
        if (isCut && (size < length || size > end - start))
            size = end - start;
        return size < length || size > end - start
            ? null
            : new Mp4Box(Encoding.Latin1.GetString(head[4..HeadLength]), start, start + length, start + size);
    }

    /// <param name="bytes">Bytes that the places of the box count in.</param>
    /// <param name="skip">Bytes of its content that stand before the boxes inside it.</param>
    /// <returns>Boxes inside this one, in order; null where they do not fill it, or are too many.</returns>
    public IReadOnlyList<Mp4Box>? Children(ReadOnlySpan<byte> bytes, int skip = 0)
    {
        var children = new List<Mp4Box>();
        for (var at = Body + skip; at < End; at = children[^1].End)
        {
            if (Read(bytes[(int)at..(int)End], at, End) is not { } child || children.Count == MostChildren)
                return null;
            children.Add(child);
        }
        return children;
    }

    /// <returns>Content of the box.</returns>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> bytes) => bytes[(int)Body..(int)End];
}
