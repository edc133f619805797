using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Decant.Server.Billing.Endpoints;

/// <summary>Filter of a purse's entries.</summary>
internal sealed record UsageFilter
{
    /// <summary><c>grant</c>, <c>hold</c>, <c>release</c> or <c>charge</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Job that the entries belong to.</summary>
    [FromQuery(Name = "job_id")]
    public string? JobId { get; init; }

    /// <summary>Beginning of the usage: a date, or a time such as <c>2026-01-31T10:30:00Z</c>.</summary>
    [FromQuery(Name = "created_after")]
    public string? CreatedAfter { get; init; }

    /// <summary>End of the period, exclusive.</summary>
    [FromQuery(Name = "created_before")]
    public string? CreatedBefore { get; init; }

    /// <summary>1 to 200; 50 where nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Number of the newest entries to skip.</summary>
    public string? Skip { get; init; }

    private const int MostEntries = 200;
    private const int UsualEntries = 50;

    private static readonly IReadOnlyList<string> Types =
    [
        .. Enum.GetNames<EntryKind>().Select(name => name.ToLowerInvariant()),
    ];

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public (int Limit, int Skip) ReadPage() =>
        (
            QueryText.ReadNumber("limit", Limit, UsualEntries, 1, MostEntries),
            QueryText.ReadNumber("skip", Skip, 0, 0, int.MaxValue)
        );

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public IQueryable<LedgerEntry> Apply(IQueryable<LedgerEntry> entries)
    {
        if (QueryText.ReadName("type", Type, Types) is { } name)
        {
            var kind = Enum.Parse<EntryKind>(name, ignoreCase: true);
            entries = entries.Where(entry => entry.Kind == kind);
        }

        if (QueryText.ReadNumber("job_id", JobId, 1, long.MaxValue) is { } job)
        {
            entries = entries.Where(entry => entry.JobId == job);
        }

        if (QueryText.ReadTime("created_after", CreatedAfter) is { } after)
        {
            entries = entries.Where(entry => entry.CreatedAt >= after);
        }

        if (QueryText.ReadTime("created_before", CreatedBefore) is { } before)
        {
            entries = entries.Where(entry => entry.CreatedAt < before);
        }

        return entries;
    }
}
