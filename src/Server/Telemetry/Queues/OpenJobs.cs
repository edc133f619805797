using Decant.Server.Data;
using Decant.Server.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Telemetry.Queues;

/// <summary>Jobs that have not ended, over all nodes.</summary>
/// <param name="Stages">Number of jobs by stage; stages without any are left out.</param>
/// <param name="Oldest">Acceptance (UTC) of the job that has waited longest for a worker; null where none waits.</param>
internal sealed record OpenJobs(IReadOnlyDictionary<JobStage, long> Stages, DateTimeOffset? Oldest)
{
    public static async Task<OpenJobs> ReadAsync(DecantDb db, CancellationToken cancellationToken)
    {
        var open = db.Jobs.AsNoTracking().Where(job => job.Status == JobStatus.Processing);
        var stages = await open.GroupBy(job => job.Stage)
            .Select(stage => new { Stage = stage.Key, Count = stage.LongCount() })
            .ToDictionaryAsync(one => one.Stage, one => one.Count, cancellationToken);
        var oldest = await open.Where(job => job.Stage == JobStage.Queued && job.RunId == null)
            .MinAsync(job => (DateTimeOffset?)job.CreatedAt, cancellationToken);
        return new OpenJobs(stages, oldest);
    }
}
