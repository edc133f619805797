using Decant.Server.Jobs;
using Decant.Server.Jobs.Views;
using Decant.Server.Mcp.Calls;

namespace Decant.Server.Mcp.Tools;

/// <summary>Waits for a job's end, telling its progress.</summary>
internal static class JobWait
{
    public const string Jobs = "/api/v1/video/video-download/jobs";

    public const string Description =
        "Seconds to wait for the end of the job, 0 to 3600. Where nothing is said, 45; and 3600 for a client that shows progress.";

    /// <summary>Clients give a call a minute, and start the minute again with each progress that they asked for.</summary>
    private const int Patience = 45;

    private const int Longest = 3600;

    /// <returns>The job at its end, or as it is when the time is up.</returns>
    /// <exception cref="CallRefusedException">The API's own refusal.</exception>
    public static async Task<JobView> ForAsync(
        this OwnCalls calls,
        JobView job,
        int? seconds,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var longest = Math.Clamp(seconds ?? (progress.IsWanted ? Longest : Patience), 0, Longest);
        if (longest == 0 || job.Status != JobStatus.Processing)
        {
            return job;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(TimeSpan.FromSeconds(longest));
        try
        {
            await foreach (var seen in calls.WatchAsync<JobView>($"{Jobs}/{job.Id}/events", over.Token))
            {
                job = seen;
                await progress.TellAsync(job, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up: the job goes on, and the answer says how to ask again.
        }

        return job;
    }
}
