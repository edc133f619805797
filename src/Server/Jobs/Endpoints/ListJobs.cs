using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs</c>.</summary>
internal static class ListJobs
{
    public static async Task<Ok<JobList>> HandleAsync(
        [AsParameters] JobFilter filter,
        [AsParameters] JobPage page,
        HttpContext context,
        DecantDb db,
        ListTotals totals,
        JobViews views,
        QueueLooks looks,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (limit, skip) = QueryText.ReadPage(page.Limit, page.Skip);
        var sort = JobSort.Read(page.Sort);
        IQueryable<Job> JobsIn(DecantDb all) =>
            filter.Apply(all.Jobs.AsNoTracking().Where(job => job.AccountId == account));

        var total = await totals.CountAsync(db, (account, filter), JobsIn, cancellationToken);
        var jobs = JobsIn(db);
        if (page.Cursor is { Length: > 0 } cursor)
        {
            if (skip > 0)
            {
                throw ApiException.Invalid("skip", "A cursor says where to go on; leave skip out.");
            }

            jobs = sort.After(jobs, cursor);
        }

        // One more than wanted tells whether there is a next page.
        var found = await sort.Order(jobs).Skip(skip).Take(limit + 1).ToListAsync(cancellationToken);
        await looks.TryLookAsync(found, cancellationToken);
        var items = found.Take(limit).Select(job => views.Show(job, context.Request)).ToList();
        var next = found.Count > limit ? sort.CursorOf(found[limit - 1]) : null;
        return TypedResults.Ok(new JobList(items, total, limit, skip, next));
    }
}

/// <summary>Page of a list of jobs, and its order.</summary>
internal sealed record JobPage
{
    /// <summary><c>created_at</c>, <c>completed_at</c>, <c>title</c>, <c>file_size</c> or <c>duration</c>, with a <c>-</c> before it for the other way round; <c>-created_at</c> where nothing is said.</summary>
    public string? Sort { get; init; }

    /// <summary>1 to 200; 50 where nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Number of jobs to skip at the beginning.</summary>
    public string? Skip { get; init; }

    /// <summary>The <c>next_cursor</c> of the page before: goes on after it, whatever was added or removed meanwhile.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of jobs.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="Total">Number of jobs on all pages: exact up to 10,000, beyond that at most 30 seconds old.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of jobs that were skipped.</param>
/// <param name="NextCursor">Cursor of the next page; null on the last.</param>
internal sealed record JobList(IReadOnlyList<JobView> Items, int Total, int Limit, int Skip, string? NextCursor);
