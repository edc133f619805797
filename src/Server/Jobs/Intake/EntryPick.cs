using System.Globalization;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Jobs.Intake;

/// <summary>Entries of a list that a download takes: the named ones, or the first 50.</summary>
/// <param name="Ranges">From and to, counted from 1, both included; none means no pick was made.</param>
internal sealed record EntryPick(IReadOnlyList<(int From, int To)> Ranges)
{
    public const int MostEntries = 50;

    /// <summary>Last entry to which a list must be read.</summary>
    public int Last => Ranges.Count == 0 ? MostEntries : Ranges.Max(range => range.To);

    /// <param name="text">Such as <c>1-5,8</c>; null or empty for no pick.</param>
    /// <param name="field">The request's field, for the message.</param>
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static EntryPick Parse(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new EntryPick([]);
        }

        var ranges = text.Split(',', StringSplitOptions.TrimEntries).Select(ReadRange).ToList();
        if (ranges.Contains(null) || ranges.Sum(range => range!.Value.To - range.Value.From + 1) > MostEntries)
        {
            throw ApiException.Invalid(
                field,
                $"'{text}' does not pick entries of a list: write numbers and ranges such as 1-5,8, {MostEntries} entries at most."
            );
        }

        return new EntryPick([.. ranges.Select(range => range!.Value)]);
    }

    public IEnumerable<PlaylistEntry> From(IReadOnlyList<PlaylistEntry> entries) =>
        Ranges.Count == 0
            ? entries.Take(MostEntries)
            : entries.Where(entry => Ranges.Any(range => range.From <= entry.Index && entry.Index <= range.To));

    private static (int From, int To)? ReadRange(string part)
    {
        var ends = part.Split('-', 2, StringSplitOptions.TrimEntries);
        return ReadNumber(ends[0]) is { } from && ReadNumber(ends[^1]) is { } to && from <= to ? (from, to) : null;
    }

    private static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 5000
            ? number
            : null;
}
