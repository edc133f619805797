using System.Buffers.Binary;
using System.Text;

namespace Decant.Engine.Tests.Converting;

/// <summary>A box of an ISO base media file (ISO/IEC 14496-12, section 4.2).</summary>
/// <param name="Type">Four letters.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">After its last byte.</param>
internal readonly record struct Box(string Type, long Start, long End)
{
    /// <summary>Size and type, the size as 64 bits included.</summary>
    public const int LongestHead = 16;

    /// <param name="head">What is at <paramref name="position"/>; <see cref="LongestHead"/> bytes where there are as many.</param>
    /// <param name="position">Where the box begins.</param>
    /// <param name="end">After the last byte of what holds it.</param>
    /// <returns>Null for what is no box.</returns>
    public static Box? Read(ReadOnlySpan<byte> head, long position, long end)
    {
        if (head.Length < 8)
        {
            return null;
        }
        var type = Encoding.Latin1.GetString(head[4..8]);
        var (size, headSize) = BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0 => (end - position, 8),
            1 when head.Length >= LongestHead => (BinaryPrimitives.ReadInt64BigEndian(head[8..]), LongestHead),
            var small => (small, 8),
        };
        return size < headSize || size > end - position ? null : new Box(type, position + headSize, position + size);
    }

    /// <summary>The boxes inside this one, of whose content <paramref name="content"/> are the bytes.</summary>
    public IReadOnlyList<Box> Children(ReadOnlySpan<byte> content)
    {
        var children = new List<Box>();
        for (var position = Start; position < End; position = children[^1].End)
        {
            if (Read(content[(int)(position - Start)..], position, End) is not { } child)
            {
                break;
            }
            children.Add(child);
        }
        return children;
    }
}
