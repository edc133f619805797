using System.Globalization;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Jobs.Intake;

/// <summary>Entries of a list that a download takes: the named ones, or the first 50.</summary>
/// <param name="Ranges">Ranges counted from 1, both ends included; none means no pick was made.</param>
internal sealed record EntryPick(IReadOnlyList<(int From, int To)> Ranges)
{
    /// <summary>Entries that are taken where none are named.</summary>
    private const int Unnamed = 50;

    /// <summary>A pick may be all that a look-up reads: nobody can see more to pick from.</summary>
    public const int MostEntries = InspectOptions.LongestList;

    /// <summary>Entries that are named; none without a pick.</summary>
    public int Named => Ranges.Sum(range => range.To - range.From + 1);

    /// <param name="text">Ranges such as <c>1-5,8</c>; null or empty for no pick.</param>
    /// <param name="field">The request's field, for the message.</param>
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static EntryPick Parse(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new EntryPick([]);
        }

        var ranges = text.Split(',', StringSplitOptions.TrimEntries).Select(ReadRange).ToList();
        var pick = new EntryPick([.. ranges.OfType<(int, int)>()]);
        if (ranges.Contains(null) || ranges.Count > MostEntries || pick.Named > MostEntries)
        {
            throw ApiException.Invalid(
                field,
                $"'{(text.Length > 100 ? text[..100] + "…" : text)}' does not pick entries of a list: write numbers and ranges such as 1-5,8, {MostEntries} entries at most."
            );
        }

        return pick;
    }

    public IEnumerable<PlaylistEntry> From(IReadOnlyList<PlaylistEntry> entries)
    {
        if (Ranges.Count == 0)
        {
            return entries.Take(Unnamed);
        }

        var picked = Ranges.SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1)).ToHashSet();
        return entries.Where(entry => picked.Contains(entry.Index));
    }

    private static (int From, int To)? ReadRange(string part)
    {
        var ends = part.Split('-', 2, StringSplitOptions.TrimEntries);
        return ReadNumber(ends[0]) is { } from && ReadNumber(ends[^1]) is { } to && from <= to ? (from, to) : null;
    }

    private static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= MostEntries
            ? number
            : null;
}
