using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Cli.Getting;

/// <summary>Entries of a list that are wanted, such as <c>1-5,8,12-</c>; all where nothing is said.</summary>
/// <param name="Ranges">First and last, from 1, both included.</param>
internal sealed record ItemPick(IReadOnlyList<(int First, int Last)> Ranges)
{
    /// <summary>The last of a range that goes to the end of the list.</summary>
    private const int Open = int.MaxValue;

    public bool IsAll => Ranges.Count == 0;

    /// <exception cref="MediaException"><c>invalid_request</c>.</exception>
    public static ItemPick Parse(string? text) =>
        text is null
            ? new ItemPick([])
            : new ItemPick([.. text.Split(',', StringSplitOptions.TrimEntries).Select(Read)]);

    public bool Has(int index) => IsAll || Ranges.Any(range => range.First <= index && index <= range.Last);

    /// <returns>Picks that a list of so many entries has nothing for.</returns>
    public IEnumerable<string> Beyond(int count) =>
        Ranges
            .Where(range => range.First > count || (range.Last > count && range.Last < Open))
            .Select(range =>
                range.Last == Open ? $"{range.First}-"
                : range.First == range.Last ? $"{range.First}"
                : $"{range.First}-{range.Last}"
            );

    private static (int First, int Last) Read(string part)
    {
        var ends = part.Split('-', StringSplitOptions.TrimEntries);
        var first = ReadNumber(ends[0]);
        var last = ends is [_, ""] ? Open : ReadNumber(ends[^1]);
        return ends.Length <= 2 && first is { } from && last is { } to && from <= to
            ? (from, to)
            : throw new MediaException(
                MediaError.InvalidRequest,
                $"--items '{part}' is neither a number nor a range: write them as 1-5,8,12-"
            );
    }

    private static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
