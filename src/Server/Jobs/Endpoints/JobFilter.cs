using Decant.Engine.Planning;
using Decant.Server.Downloads;
using Decant.Server.Errors;
using Decant.Server.Formats;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>Which jobs a list shows. Read as text, so that what means nothing is refused by the field's name.</summary>
/// <param name="Status"><c>PROCESSING</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>CANCELLED</c>.</param>
/// <param name="Platform">Such as <c>youtube</c>.</param>
/// <param name="Format">Such as <c>mp3</c>.</param>
/// <param name="Limit">1 to 200; 50 where nothing is said.</param>
/// <param name="Skip">How many of the newest to leave out.</param>
internal sealed record JobFilter(string? Status, string? Platform, string? Format, string? Limit, string? Skip)
{
    private const int MostJobs = 200;
    private const int UsualJobs = 50;

    private static readonly IReadOnlyList<string> Statuses =
    [
        .. Enum.GetNames<JobStatus>().Select(name => name.ToUpperInvariant()),
    ];
    private static readonly IReadOnlyList<string> Formats =
    [
        .. Container.All.Select(container => container.Name),
        Download.ThumbnailFormat,
    ];

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public (int Limit, int Skip) ReadPage() =>
        (ReadNumber("limit", Limit, UsualJobs, 1, MostJobs), ReadNumber("skip", Skip, 0, 0, int.MaxValue));

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public IQueryable<Job> Apply(IQueryable<Job> jobs)
    {
        if (ReadName("status", Status, Statuses) is { } name)
        {
            var status = Enum.Parse<JobStatus>(name, ignoreCase: true);
            jobs = jobs.Where(job => job.Status == status);
        }

        if (ReadName("platform", Platform, FormatsEndpoints.Platforms) is { } platform)
        {
            jobs = jobs.Where(job => job.Platform == platform);
        }

        if (ReadName("format", Format, Formats) is { } format)
        {
            jobs = jobs.Where(job => job.Format == format);
        }

        return jobs;
    }

    private static string? ReadName(string field, string? value, IReadOnlyList<string> known) =>
        string.IsNullOrEmpty(value)
            ? null
            : known.FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw ApiException.Invalid(
                    field,
                    $"The {field} '{value}' is not known. Known are {string.Join(", ", known)}."
                );

    private static int ReadNumber(string field, string? value, int usual, int least, int most) =>
        string.IsNullOrEmpty(value) ? usual
        : int.TryParse(value, out var number) && number >= least && number <= most ? number
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a number from {least} to {most}.");
}
