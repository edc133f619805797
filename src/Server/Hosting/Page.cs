using Decant.Server.Errors;

namespace Decant.Server.Hosting;

/// <summary>Which part of a list to show. Read as text, so that what means nothing is refused by the field's name.</summary>
/// <param name="Limit">How many, 1 to 200; 50 where nothing is said.</param>
/// <param name="Skip">How many of the newest to leave out.</param>
internal sealed record Page(string? Limit, string? Skip)
{
    private const int Most = 200;
    private const int Usual = 50;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public (int Limit, int Skip) Read() =>
        (ReadNumber("limit", Limit, Usual, 1, Most), ReadNumber("skip", Skip, 0, 0, int.MaxValue));

    private static int ReadNumber(string field, string? value, int usual, int least, int most) =>
        string.IsNullOrEmpty(value) ? usual
        : int.TryParse(value, out var number) && number >= least && number <= most ? number
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a number from {least} to {most}.");
}

/// <summary>A part of a list, newest first.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Limit">As applied.</param>
/// <param name="Skip">As applied.</param>
internal sealed record PageOf<TItem>(IReadOnlyList<TItem> Items, int Total, int Limit, int Skip);
