using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Transitions;

internal sealed partial class JobTransitions
{
    /// <summary>Moves a job from queued, waiting or parked to a run; or from a dead run to the one that takes over.</summary>
    /// <param name="db">The database.</param>
    /// <param name="job">The job as it was read; on success as it is now.</param>
    /// <param name="runId">The new owner.</param>
    /// <param name="room">Room that there has to be, asked for in the same statement; null for none.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public async Task<bool> ClaimAsync(
        DecantDb db,
        Job job,
        string runId,
        RoomOfRuns? room,
        CancellationToken cancellationToken
    )
    {
        var startedAt = job.StartedAt ?? time.GetUtcNow();
        var claimable = Claimable(db, job, runId);
        if (room is var (others, most))
        {
            claimable = claimable.Where(one => others.Count() < most);
        }

        var claimed = await claimable.ExecuteUpdateAsync(
            set =>
                set.SetProperty(one => one.RunId, runId)
                    .SetProperty(one => one.Attempts, job.Attempts + 1)
                    .SetProperty(one => one.StartedAt, startedAt)
                    .SetProperty(one => one.Stage, JobStage.Resolving),
            cancellationToken
        );
        if (claimed == 0)
        {
            return false;
        }

        (job.RunId, job.StartedAt, job.Stage) = (runId, startedAt, JobStage.Resolving);
        job.Attempts++;
        return true;
    }

    /// <returns>True where a claim lacks nothing but room.</returns>
    public static Task<bool> IsClaimableAsync(
        DecantDb db,
        Job job,
        string runId,
        CancellationToken cancellationToken
    ) => Claimable(db, job, runId).AnyAsync(cancellationToken);

    /// <remarks>
    /// The attempts and the purse are compared too: since it was read, another run may have had the job and given it back, or its owner
    /// have paid anew for it after it failed. The run itself may have it already: its first claim was committed, and the answer lost.
    /// </remarks>
    private static IQueryable<Job> Claimable(DecantDb db, Job job, string runId) =>
        db
            .Jobs.Where(one => one.Id == job.Id && one.Status == JobStatus.Processing)
            .Where(one =>
                (one.RunId == job.RunId && one.Attempts == job.Attempts && one.BilledTo == job.BilledTo)
                || one.RunId == runId
            );
}
