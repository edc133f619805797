using Decant.Server.Errors;

namespace Decant.Server.Hosting;

/// <summary>Page of a list. The fields are text, so that a meaningless value is refused by the field's name.</summary>
internal sealed record Page
{
    /// <summary>Number of entries, 1 to 200; 50 where nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Number of the newest entries to skip.</summary>
    public string? Skip { get; init; }

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public (int Limit, int Skip) Read() => QueryText.ReadPage(Limit, Skip);
}

/// <summary>A page of a list. Every list has this shape.</summary>
/// <param name="Items">Rows of the page.</param>
/// <param name="Total">Number of rows on all pages.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of rows that were skipped.</param>
internal sealed record PageOf<TItem>(IReadOnlyList<TItem> Items, int Total, int Limit, int Skip);
