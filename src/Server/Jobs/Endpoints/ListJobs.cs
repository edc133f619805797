using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs</c>.</summary>
internal static class ListJobs
{
    public static async Task<Ok<JobList>> HandleAsync(
        [AsParameters] JobFilter filter,
        HttpContext context,
        DecantDb db,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (limit, skip) = filter.ReadPage();
        var jobs = filter.Apply(db.Jobs.AsNoTracking().Where(job => job.AccountId == account));
        var total = await jobs.CountAsync(cancellationToken);
        var page = await jobs.OrderByDescending(job => job.Id).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new JobList([.. page.Select(job => views.Show(job, context.Request))], total, limit, skip)
        );
    }
}

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Limit">As applied.</param>
/// <param name="Skip">As applied.</param>
internal sealed record JobList(IReadOnlyList<JobView> Items, int Total, int Limit, int Skip);
