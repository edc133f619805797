using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Stats;

internal static class StatsEndpoints
{
    private const int Recent = 10;

    public static void MapStats(this IEndpointRouteBuilder app)
    {
        foreach (var family in app.VideoFamilies())
        {
            family
                .MapGet("/stats", HandleAsync)
                .RequireScope(Scopes.MediaRead)
                .Limit(RateLimit.JobStatus)
                .WithSummary("What the caller has downloaded so far");
        }
    }

    private static async Task<Ok<StatsResponse>> HandleAsync(
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var jobs = db.Jobs.AsNoTracking().Where(job => job.AccountId == account);
        var groups = await jobs.GroupBy(job => new { job.Platform, job.Format })
            .Select(group => new
            {
                group.Key.Platform,
                group.Key.Format,
                Count = group.Count(),
                Duration = group.Sum(job => job.Duration ?? 0),
                Credits = group.Sum(job => job.CreditsUsed ?? 0),
            })
            .ToListAsync(cancellationToken);
        var recent = await jobs.OrderByDescending(job => job.Id)
            .Take(Recent)
            .Select(job => new RecentDownload(
                job.Id,
                job.CustomTitle ?? job.OriginalTitle,
                job.Platform,
                job.Status,
                job.CreatedAt
            ))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new StatsResponse
            {
                TotalDownloads = groups.Sum(group => group.Count),
                TotalDuration = Math.Round(groups.Sum(group => group.Duration), 3),
                TotalCreditsUsed = groups.Sum(group => group.Credits),
                DownloadsByPlatform = groups
                    .GroupBy(group => group.Platform)
                    .ToDictionary(platform => platform.Key, platform => platform.Sum(group => group.Count)),
                DownloadsByFormat = groups
                    .GroupBy(group => group.Format)
                    .ToDictionary(format => format.Key, format => format.Sum(group => group.Count)),
                RecentDownloads = recent,
            }
        );
    }
}
