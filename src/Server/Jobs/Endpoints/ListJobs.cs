using Decant.Engine.Planning;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Formats;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs</c>.</summary>
internal static class ListJobs
{
    private const int MostJobs = 200;
    private const int UsualJobs = 50;

    public static async Task<Ok<JobList>> HandleAsync(
        [AsParameters] JobFilter filter,
        HttpContext context,
        DecantDb db,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var limit = filter.Limit ?? UsualJobs;
        var skip = filter.Skip ?? 0;
        var jobs = Apply(filter, limit, skip, db.Jobs.AsNoTracking().Where(job => job.AccountId == account));
        var total = await jobs.CountAsync(cancellationToken);
        var page = await jobs.OrderByDescending(job => job.Id).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new JobList([.. page.Select(job => views.Show(job, context.Request))], total, limit, skip)
        );
    }

    private static IQueryable<Job> Apply(JobFilter filter, int limit, int skip, IQueryable<Job> jobs)
    {
        var errors = new Dictionary<string, string[]>();
        if (limit is < 1 or > MostJobs)
        {
            errors["limit"] = [$"The limit {limit} is not from 1 to {MostJobs}."];
        }

        if (skip < 0)
        {
            errors["skip"] = [$"The skip {skip} is below 0."];
        }

        if (filter.Status is { Length: > 0 } status)
        {
            if (Enum.GetNames<JobStatus>().Contains(status, StringComparer.OrdinalIgnoreCase))
            {
                var wanted = Enum.Parse<JobStatus>(status, ignoreCase: true);
                jobs = jobs.Where(job => job.Status == wanted);
            }
            else
            {
                errors["status"] =
                [
                    $"The status '{status}' is none of {string.Join(", ", Enum.GetNames<JobStatus>()).ToUpperInvariant()}.",
                ];
            }
        }

        if (filter.Platform is { Length: > 0 } platform)
        {
            var wanted = platform.ToLowerInvariant();
            jobs = jobs.Where(job => job.Platform == wanted);
            if (!FormatsEndpoints.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))
            {
                errors["platform"] =
                [
                    $"The platform '{platform}' is none of {string.Join(", ", FormatsEndpoints.Platforms)}.",
                ];
            }
        }

        if (filter.Format is { Length: > 0 } format)
        {
            var wanted = format.ToLowerInvariant();
            jobs = jobs.Where(job => job.Format == wanted);
            if (!Container.TryParse(format, out _))
            {
                errors["format"] =
                [
                    $"The format '{format}' is none of {string.Join(", ", Container.All.Select(known => known.Name))}.",
                ];
            }
        }

        return errors.Count == 0 ? jobs : throw ApiException.Invalid(errors);
    }
}

/// <param name="Status"><c>PROCESSING</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>CANCELLED</c>.</param>
/// <param name="Platform">Such as <c>youtube</c>.</param>
/// <param name="Format">Such as <c>mp3</c>.</param>
/// <param name="Limit">1 to 200; 50 where nothing is said.</param>
/// <param name="Skip">How many of the newest to leave out.</param>
internal sealed record JobFilter(string? Status, string? Platform, string? Format, int? Limit, int? Skip);

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Limit">As applied.</param>
/// <param name="Skip">As applied.</param>
internal sealed record JobList(IReadOnlyList<JobView> Items, int Total, int Limit, int Skip);
