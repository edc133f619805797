using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Server.Data;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Platforms.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs;

/// <summary>Keeps the jobs of a platform that refuses this server from being burnt: they wait until it answers again.</summary>
internal sealed class PlatformParking(
    IDbContextFactory<DecantDb> databases,
    PlatformCircuits circuits,
    AccountCookies cookies,
    JobEndings endings,
    JobQueue queue,
    IOptions<CircuitOptions> options,
    TimeProvider time
)
{
    /// <summary>Whether a job may ask its platform now; parks it where it may not. Nothing of that counts as an attempt.</summary>
    public async Task<bool> TryParkAsync(QueuedJob queued, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Whoever has cookies of their own is somebody else to the platform.
        var waiting = await db
            .Jobs.Where(job => job.Id == queued.JobId && job.Status == JobStatus.Processing)
            .Where(job =>
                !db.PlatformCookies.Any(own => own.AccountId == job.AccountId && own.Platform == job.Platform)
            )
            .Select(job => new { job.Platform, job.CreatedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (
            waiting is null
            // It asks once more, and fails with what the platform says.
            || IsOverdue(waiting.CreatedAt)
            || (await circuits.PassAsync(waiting.Platform, cancellationToken)).OpenUntil is not { } until
        )
        {
            return false;
        }

        await ParkAsync(queued, waiting.Platform, until, cancellationToken);
        return true;
    }

    /// <summary>Tells the circuit of a refusal.</summary>
    /// <returns>Whether the job was parked, and is this run's no more; else it goes the way of any failure.</returns>
    public async Task<bool> TryParkAsync(
        Job job,
        QueuedJob queued,
        string runId,
        MediaException refusal,
        CancellationToken cancellationToken
    )
    {
        if (
            !PlatformCircuits.IsRefusal(refusal.Error)
            || await IsKnownAsync(job, cancellationToken)
            || await circuits.RefusedAsync(job.Platform, refusal, cancellationToken) is not { } until
            || IsOverdue(job.CreatedAt)
        )
        {
            return false;
        }

        if (await endings.RequeueAsync(job, runId, counts: false, cancellationToken))
        {
            await ParkAsync(queued, job.Platform, until, cancellationToken);
        }

        return true;
    }

    /// <summary>A job has got what it wanted from its platform.</summary>
    public async Task SucceededAsync(Job job, CancellationToken cancellationToken)
    {
        if (!await IsKnownAsync(job, cancellationToken))
        {
            await circuits.SucceededAsync(job.Platform, cancellationToken);
        }
    }

    /// <summary>How a platform treats somebody it knows says nothing of how it treats strangers.</summary>
    private async Task<bool> IsKnownAsync(Job job, CancellationToken cancellationToken) =>
        (await cookies.PageAsync(job.AccountId, SourceUrl.Parse(job.Url), cancellationToken)).Identity is not null;

    private bool IsOverdue(DateTimeOffset accepted) => time.GetUtcNow() - accepted > options.Value.JobPatience;

    private async Task ParkAsync(
        QueuedJob queued,
        string platform,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        await queue.ParkAsync(queued, platform, until, cancellationToken);
        CircuitMetrics.CountParked(platform);
    }
}
