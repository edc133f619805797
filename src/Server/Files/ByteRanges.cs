using Microsoft.Net.Http.Headers;

namespace Decant.Server.Files;

/// <summary>The parts of a file that a <c>Range</c> header asks for (RFC 9110, 14.2).</summary>
/// <param name="Parts">Parts in the order asked for; none where the file has nothing of what was asked for.</param>
internal sealed record ByteRanges(IReadOnlyList<ByteRange> Parts)
{
    /// <summary>Most parts of a range request: more are nobody's honest wish, and each costs a header and a seek.</summary>
    private const int MostParts = 50;

    public bool IsUnsatisfiable => Parts.Count == 0;

    /// <returns>Null where the header is to be ignored and the whole file sent: not there, not understood, or too greedy.</returns>
    public static ByteRanges? Read(string? header, long length)
    {
        if (
            string.IsNullOrEmpty(header)
            || !RangeHeaderValue.TryParse(header, out var parsed)
            || !parsed.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
            || parsed.Ranges.Count > MostParts
        )
        {
            return null;
        }

        var parts = parsed.Ranges.Select(range => Within(range, length)).OfType<ByteRange>().ToList();
        return new ByteRanges(HasOverlap(parts) ? Joined(parts) : parts);
    }

    private static ByteRange? Within(RangeItemHeaderValue range, long length) =>
        range switch
        {
            { From: { } from } when from < length => new ByteRange(
                from,
                Math.Min(range.To ?? long.MaxValue, length - 1)
            ),
            { From: null, To: { } last } when last > 0 && length > 0 => new ByteRange(
                Math.Max(0, length - last),
                length - 1
            ),
            _ => null,
        };

    private static bool HasOverlap(List<ByteRange> parts)
    {
        var sorted = parts.OrderBy(part => part.From).ToList();
        return sorted.Zip(sorted.Skip(1)).Any(pair => pair.Second.From <= pair.First.To);
    }

    /// <summary>Overlaps are sent once, or a small request could ask for a file many times over.</summary>
    private static List<ByteRange> Joined(List<ByteRange> parts)
    {
        var joined = new List<ByteRange>();
        foreach (var part in parts.OrderBy(part => part.From))
        {
            if (joined.Count > 0 && part.From <= joined[^1].To + 1)
            {
                joined[^1] = joined[^1] with { To = Math.Max(joined[^1].To, part.To) };
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }
}

/// <param name="From">First byte.</param>
/// <param name="To">Last byte, included.</param>
internal readonly record struct ByteRange(long From, long To)
{
    public long Length => To - From + 1;
}
