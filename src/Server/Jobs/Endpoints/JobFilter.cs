using Decant.Engine.Planning;
using Decant.Server.Errors;
using Decant.Server.Formats;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Intake;
using Microsoft.AspNetCore.Mvc;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>Filter of a list of jobs. Read as text, so that what means nothing is refused by the field's name.</summary>
internal sealed record JobFilter
{
    /// <summary><c>PROCESSING</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>CANCELLED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Platform of the jobs to list, such as <c>youtube</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>Format of the jobs to list, such as <c>mp3</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The jobs of one batch.</summary>
    [FromQuery(Name = "batch_id")]
    public string? BatchId { get; init; }

    /// <summary>Accepted then or later, such as <c>2026-01-31T12:00:00Z</c>.</summary>
    [FromQuery(Name = "created_after")]
    public string? CreatedAfter { get; init; }

    /// <summary>Accepted before then.</summary>
    [FromQuery(Name = "created_before")]
    public string? CreatedBefore { get; init; }

    /// <summary>Words in the title as they stand there, in either case; at most 200 characters.</summary>
    public string? Search { get; init; }

    private const int LongestSearch = 200;

    public static readonly IReadOnlyList<string> Statuses =
    [
        .. Enum.GetNames<JobStatus>().Select(name => name.ToUpperInvariant()),
    ];
    public static readonly IReadOnlyList<string> Formats =
    [
        .. Container.All.Select(container => container.Name),
        Download.ThumbnailFormat,
    ];

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public IQueryable<Job> Apply(IQueryable<Job> jobs)
    {
        if (QueryText.ReadName("status", Status, Statuses) is { } name)
        {
            var status = Enum.Parse<JobStatus>(name, ignoreCase: true);
            jobs = jobs.Where(job => job.Status == status);
        }

        if (QueryText.ReadName("platform", Platform, FormatsEndpoints.Platforms) is { } platform)
        {
            jobs = jobs.Where(job => job.Platform == platform);
        }

        if (QueryText.ReadName("format", Format, Formats) is { } format)
        {
            jobs = jobs.Where(job => job.Format == format);
        }

        if (QueryText.ReadGuid("batch_id", BatchId) is { } batch)
        {
            jobs = jobs.Where(job => job.BatchId == batch);
        }

        if (QueryText.ReadTime("created_after", CreatedAfter) is { } from)
        {
            jobs = jobs.Where(job => job.CreatedAt >= from);
        }

        if (QueryText.ReadTime("created_before", CreatedBefore) is { } until)
        {
            jobs = jobs.Where(job => job.CreatedAt < until);
        }

        return ReadSearch() is { } words ? Containing(jobs, words) : jobs;
    }

    /// <summary>Jobs whose texts contain the words, in either case of letters as far as the database knows cases: SQLite knows those of ASCII.</summary>
    private static IQueryable<Job> Containing(IQueryable<Job> jobs, string words)
    {
        var lower = words.ToLowerInvariant();
#pragma warning disable CA1862 // Read by the database, which knows lower() and no StringComparison.
        return jobs.Where(job =>
            (job.CustomTitle ?? job.OriginalTitle)!.Contains(words)
            || (job.CustomTitle ?? job.OriginalTitle)!.ToLower().Contains(lower)
        );
#pragma warning restore CA1862
    }

    private string? ReadSearch() =>
        string.IsNullOrWhiteSpace(Search) ? null
        : Search.Length <= LongestSearch && !Search.Contains('\0', StringComparison.Ordinal) ? Search.Trim()
        : throw ApiException.Invalid(
            "search",
            $"The search has {Search.Length} characters; {LongestSearch} are allowed, and none of them NUL."
        );
}
