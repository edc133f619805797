using System.Globalization;

namespace Decant.Client;

/// <summary>Filter and order of a list of jobs; without any, all jobs, newest first.</summary>
public sealed record JobQuery
{
    /// <summary>Status of the jobs to list.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Platform of the jobs to list, such as <c>youtube</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>Format of the jobs to list, such as <c>mp3</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Batch that the jobs belong to.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Words in the title.</summary>
    public string? Search { get; init; }

    /// <summary>Number of jobs a page, 1 to 200; 50 where nothing is said.</summary>
    public int? Limit { get; init; }

    /// <summary>The <see cref="JobPage.NextCursor"/> of the page before.</summary>
    public string? Cursor { get; init; }

    internal string ToQuery()
    {
        (string Name, string? Value)[] fields =
        [
            ("status", Status?.ToString().ToUpperInvariant()),
            ("platform", Platform),
            ("format", Format),
            ("batch_id", BatchId?.ToString()),
            ("search", Search),
            ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", Cursor),
        ];
        return string.Join(
            '&',
            fields
                .Where(field => field.Value is not null)
                .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}")
        );
    }
}

/// <summary>A part of the list of jobs.</summary>
/// <param name="Items">The jobs on it.</param>
/// <param name="Total">Number of jobs on all pages: exact up to 10,000, beyond that at most 30 seconds old.</param>
/// <param name="NextCursor">Cursor of the next page; null on the last.</param>
public sealed record JobPage(IReadOnlyList<Job> Items, int Total, string? NextCursor);
