using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Decant.Server.Telemetry.Queues;

/// <summary><c>GET /api/v1/admin/queue</c>: jobs that wait and that run, over all nodes, and the places of the node that answers.</summary>
internal static class GetQueue
{
    public static async Task<Ok<QueueView>> HandleAsync(
        DecantDb db,
        RunsHere runs,
        IOptions<JobsOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var open = await OpenJobs.ReadAsync(db, cancellationToken);
        return TypedResults.Ok(
            new QueueView(
                [.. open.Stages.OrderBy(one => one.Key).Select(one => new QueueStage(one.Key, one.Value))],
                open.Oldest is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : null,
                runs.Count,
                options.Value.Workers,
                options.Value.Encoders,
                options.Value.Recordings
            )
        );
    }
}

/// <summary>Jobs that have not ended, and the places of one node.</summary>
/// <param name="Stages">Number of jobs by stage, over all nodes; stages without any are left out.</param>
/// <param name="LongestWait">Seconds for which the job has waited that has waited longest for a worker; null where none waits.</param>
/// <param name="RunningHere">Jobs that run on the node that answers.</param>
/// <param name="Workers">Jobs that may run at once on this node, recordings not counted.</param>
/// <param name="Encoders">Encodings at once on this node.</param>
/// <param name="Recordings">Recordings at once on this node.</param>
internal sealed record QueueView(
    IReadOnlyList<QueueStage> Stages,
    double? LongestWait,
    int RunningHere,
    int Workers,
    int Encoders,
    int Recordings
);

/// <summary>Stage, and the jobs that are in it.</summary>
/// <param name="Stage">Stage of a job that has not ended.</param>
/// <param name="Count">Number of jobs.</param>
internal sealed record QueueStage(JobStage Stage, long Count);
