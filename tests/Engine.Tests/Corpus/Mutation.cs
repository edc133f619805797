using System.Buffers.Binary;
using System.Text;

namespace Decant.Engine.Tests.Corpus;

/// <summary>Damage as disks, servers and people do it to files, the same for the same seed.</summary>
internal static class Mutation
{
    public static (string Kind, byte[] Bytes) Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        var bytes = (byte[])whole.Clone();
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Max(2, bytes.Length / 4));
        switch (random.Next(8))
        {
            case 0:
                for (var flips = random.Next(1, 64); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return ("bits flipped", bytes);
            case 1:
                bytes.AsSpan(at, Math.Min(length, bytes.Length - at)).Clear();
                return ("zeros in it", bytes);
            case 2:
                return ("cut end", bytes[..Math.Max(1, bytes.Length - length)]);
            case 3:
                return ("cut anywhere", bytes[..Math.Max(1, at)]);
            case 4:
                return ("a piece missing", [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]]);
            case 5:
                return ("a piece twice", [.. bytes[..at], .. bytes[Math.Max(0, at - length)..]]);
            case 6:
                return Boxes(bytes, random);
            default:
                // Headers are at the beginning and at the end: lengths and counts that are wrong.
                for (var words = random.Next(1, 6); words > 0; words--)
                {
                    var near = random.Next(Math.Min(4096, bytes.Length - 4));
                    random.NextBytes(bytes.AsSpan(random.Next(2) == 0 ? near : bytes.Length - 4 - near, 4));
                }
                return ("wrong lengths", bytes);
        }
    }

    /// <summary>Whole parts of a file that are elsewhere, gone, there twice, or say another length: the boxes of an mp4, and of others what looks like their names.</summary>
    private static (string, byte[]) Boxes(byte[] bytes, Random random)
    {
        var boxes = BoxesOf(bytes, 0, bytes.Length).ToList();
        if (boxes.Count < 2)
        {
            var (one, other) = (random.Next(bytes.Length), random.Next(bytes.Length));
            var (first, second) = (Math.Min(one, other), Math.Max(one, other));
            return ("halves swapped", [.. bytes[..first], .. bytes[second..], .. bytes[first..second]]);
        }

        var (start, length) = boxes[random.Next(boxes.Count)];
        var (before, box, after) = (bytes[..start], bytes[start..(start + length)], bytes[(start + length)..]);
        switch (random.Next(5))
        {
            case 0:
                return ("a box gone", [.. before, .. after]);
            case 1:
                return ("a box twice", [.. before, .. box, .. box, .. after]);
            case 2:
                return ("a box at the end", [.. before, .. after, .. box]);
            case 3:
                "free"u8.CopyTo(bytes.AsSpan(start + 4));
                return ("a box of another name", bytes);
            default:
                int[] lengths = [0, 1, 7, length / 2, length * 2, int.MaxValue, -1];
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(start), lengths[random.Next(lengths.Length)]);
                return ("a box of another length", bytes);
        }
    }

    /// <summary>Boxes of an ISO file (ISO/IEC 14496-12, 4.2), those within others included.</summary>
    private static IEnumerable<(int Start, int Length)> BoxesOf(byte[] bytes, int from, int to)
    {
        while (from + 8 <= to)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(from));
            var name = Encoding.Latin1.GetString(bytes, from + 4, 4);
            if (length < 8 || from + length > to || !name.All(char.IsAsciiLetterOrDigit))
                yield break;
            yield return (from, length);
            if (name is "moov" or "trak" or "mdia" or "minf" or "stbl" or "moof" or "traf" or "edts" or "udta")
            {
                foreach (var within in BoxesOf(bytes, from + 8, from + length))
                    yield return within;
            }
            from += length;
        }
    }
}
