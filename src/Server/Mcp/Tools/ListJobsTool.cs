using System.ComponentModel;
using Decant.Server.Jobs.Endpoints;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>list_jobs</c>: the caller's jobs, page by page.</summary>
internal sealed class ListJobsTool(OwnCalls calls)
    : AgentTool<ListJobsArguments, ListJobsAnswer>(
        "list_jobs",
        "List jobs",
        "Lists the user's downloads, newest first, with their links.",
        Reads(asksOutside: false)
    )
{
    private const int Usual = 10;

    protected override async Task<ListJobsAnswer> AnswerAsync(
        ListJobsArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var query = new QueryBuilder { { "limit", $"{arguments.Limit ?? Usual}" } };
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }

        Add("status", arguments.Status);
        Add("platform", arguments.Platform);
        Add("search", arguments.Search);
        Add("cursor", arguments.Cursor);
        var list = await calls.CallAsync<JobList>(
            new OwnCall(HttpMethods.Get, JobWait.Jobs + query),
            cancellationToken
        );
        return new ListJobsAnswer
        {
            Jobs = [.. list.Items.Select(JobSummary.Of)],
            Total = list.Total,
            NextCursor = list.NextCursor,
            Next =
                list.Total == 0 ? "There are none. Call download to make one."
                : list.NextCursor is null ? "Call get_link for a job that is under way."
                : "Call list_jobs with cursor for the next page.",
        };
    }
}

internal sealed record ListJobsArguments
{
    [Description("PROCESSING, COMPLETED, FAILED or CANCELLED.")]
    public string? Status { get; init; }

    [Description("Platform, such as youtube.")]
    public string? Platform { get; init; }

    [Description("Part of the title or address.")]
    public string? Search { get; init; }

    [Description("Jobs a page, 1 to 200; 10 where nothing is said.")]
    public int? Limit { get; init; }

    [Description("The next_cursor of the page before.")]
    public string? Cursor { get; init; }
}

internal sealed record ListJobsAnswer
{
    [Description("Jobs, newest first.")]
    public required IReadOnlyList<JobSummary> Jobs { get; init; }

    [Description("Number of jobs on all pages; beyond 10,000 at most 30 seconds old.")]
    public required int Total { get; init; }

    [Description("Beginning of the next page; left out on the last.")]
    public string? NextCursor { get; init; }

    [Description("Advice: the next call.")]
    public required string Next { get; init; }
}
