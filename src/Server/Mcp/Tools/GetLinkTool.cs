using System.ComponentModel;
using Decant.Server.Jobs.Views;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>get_link</c>: a job, and its link once it has ended.</summary>
internal sealed class GetLinkTool(OwnCalls calls)
    : AgentTool<GetLinkArguments, JobSummary>(
        "get_link",
        "Get a job's link",
        "Shows how a download stands, waits for its end if asked, and gives a fresh link to its file.",
        Reads(asksOutside: false)
    )
{
    protected override async Task<JobSummary> AnswerAsync(
        GetLinkArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var job = await calls.CallAsync<JobView>(
            new OwnCall(HttpMethods.Get, $"{JobWait.Jobs}/{arguments.JobId}"),
            cancellationToken
        );
        await progress.TellAsync(job, cancellationToken);
        return JobSummary.Of(await calls.ForAsync(job, arguments.WaitSeconds, progress, cancellationToken));
    }
}

internal sealed record GetLinkArguments
{
    [Description("Number of the job.")]
    public required long JobId { get; init; }

    [Description(JobWait.Description)]
    public int? WaitSeconds { get; init; }
}
