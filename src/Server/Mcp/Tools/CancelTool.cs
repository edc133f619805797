using System.ComponentModel;
using Decant.Server.Jobs.Views;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>cancel</c>: stops a job.</summary>
internal sealed class CancelTool(OwnCalls calls)
    : AgentTool<CancelArguments, JobSummary>(
        "cancel",
        "Cancel a job",
        "Stops a download; what it held is given back. Of a live stream it ends the recording and keeps what there is.",
        new ToolAnnotations
        {
            ReadOnlyHint = false,
            DestructiveHint = true,
            IdempotentHint = true,
            OpenWorldHint = false,
        }
    )
{
    protected override async Task<JobSummary> AnswerAsync(
        CancelArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    ) =>
        JobSummary.Of(
            await calls.CallAsync<JobView>(
                new OwnCall(HttpMethods.Post, $"{JobWait.Jobs}/{arguments.JobId}/cancel"),
                cancellationToken
            )
        );
}

internal sealed record CancelArguments
{
    [Description("Number of the job.")]
    public required long JobId { get; init; }
}
