using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs;

/// <summary>Makes a run the one owner of a job.</summary>
internal sealed class JobClaims(
    IDbContextFactory<DecantDb> databases,
    JobQueue queue,
    JobChanges changes,
    IOptions<JobsOptions> options,
    TimeProvider time
)
{
    /// <returns>The job as claimed; no job where it has ended or another run has it.</returns>
    public async Task<Claim> TryClaimAsync(long jobId, string runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = await db
            .Jobs.Where(job => job.Id == jobId && job.Status == JobStatus.Processing)
            .Select(job => new { job.RunId, job.Platform })
            .SingleOrDefaultAsync(cancellationToken);
        if (seen is null || await IsAliveAsync(seen.RunId, cancellationToken))
        {
            return new Claim(null);
        }

        var claim = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"platform:{seen.Platform}", token);
                var running = await db.Jobs.CountAsync(
                    job => job.Platform == seen.Platform && job.RunId != null && job.Id != jobId,
                    token
                );
                if (running >= options.Value.MaxPerPlatform)
                {
                    return new Claim(null, FullPlatform: seen.Platform);
                }

                var now = time.GetUtcNow();
                // A run that the queue no longer knows was killed: what it held is taken over, and only from it.
                var claimed = await db
                    .Jobs.Where(job => job.Id == jobId && job.Status == JobStatus.Processing && job.RunId == seen.RunId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(job => job.RunId, runId)
                                .SetProperty(job => job.Attempts, job => job.Attempts + 1)
                                .SetProperty(job => job.StartedAt, job => job.StartedAt ?? now)
                                .SetProperty(job => job.Stage, JobStage.Resolving),
                        token
                    );
                return claimed == 0
                    ? new Claim(null)
                    : new Claim(await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId, token));
            },
            cancellationToken
        );
        if (claim.Job is not null)
        {
            changes.Announce(jobId);
        }

        return claim;
    }

    /// <returns>Whether the queue knows the run, on whichever node it is.</returns>
    public async Task<bool> IsAliveAsync(string? runId, CancellationToken cancellationToken) =>
        runId is not null && (await queue.GetRunsAsync(cancellationToken)).Contains(runId);
}

/// <param name="Job">The job, now owned; null when it was not to be had.</param>
/// <param name="FullPlatform">The platform on which too many jobs run already, if that was why.</param>
internal sealed record Claim(Job? Job, string? FullPlatform = null);
