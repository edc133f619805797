using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Server.Data;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Platforms.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs;

/// <summary>Keeps the jobs of a platform that refuses this server from being burnt: they wait until it answers again.</summary>
internal sealed partial class PlatformParking(
    IDbContextFactory<DecantDb> databases,
    PlatformCircuits circuits,
    AccountCookies cookies,
    JobClaims claims,
    JobEndings endings,
    JobDelivery delivery,
    JobQueue queue,
    JobChanges changes,
    IOptions<CircuitOptions> options,
    TimeProvider time,
    ILogger<PlatformParking> logger
)
{
    /// <summary>Whether a job may ask its platform now; parks it where it may not, or ends it where it has waited for too long.
    /// Nothing of that counts as an attempt.</summary>
    public async Task<bool> TryParkAsync(QueuedJob queued, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Whoever has cookies of their own is somebody else to the platform.
        var job = await db
            .Jobs.AsNoTracking()
            .Where(job => job.Id == queued.JobId && job.Status == JobStatus.Processing)
            .SingleOrDefaultAsync(
                job => !db.PlatformCookies.Any(own => own.AccountId == job.AccountId && own.Platform == job.Platform),
                cancellationToken
            );
        if (
            job is null
            // What is recorded of a stream is delivered, whatever its platform says by now.
            || job.RecordedSeconds is not null
            || (job.RunId is not null && await claims.IsAliveAsync(job.RunId, cancellationToken))
            || await circuits.PassAsync(job.Platform, cancellationToken) is not { OpenUntil: { } until, Code: { } code }
        )
        {
            return false;
        }

        if (time.GetUtcNow() < Deadline(job))
        {
            // Whoever was refused itself keeps its place after the others.
            var at = job.ParkedUntil > until ? job.ParkedUntil.Value : until;
            await ParkAsync(job, queued, job.Attempts, code, at, cancellationToken);
            return true;
        }

        await GiveUpAsync(job, code, cancellationToken);
        return true;
    }

    /// <summary>Tells the circuit of a refusal.</summary>
    /// <returns>Whether the job was parked, and is this run's no more; else it goes the way of any failure.</returns>
    public async Task<bool> TryParkAsync(
        Job job,
        QueuedJob queued,
        MediaException refusal,
        CancellationToken cancellationToken
    )
    {
        if (
            !PlatformCircuits.IsRefusal(refusal.Error)
            || job.Platform == Platform.Other.Name
            || await IsKnownAsync(job, cancellationToken)
        )
        {
            return false;
        }

        var until = await circuits.RefusedAsync(job.Platform, refusal, cancellationToken) is { } open
            // After those that have not asked yet: it may be this one medium alone that is refused.
            ? open + options.Value.TrialTime
            : time.GetUtcNow() + options.Value.PauseAfter(refusal);
        if (time.GetUtcNow() >= Deadline(job))
        {
            return false;
        }

        await ParkAsync(job, queued, job.Attempts - 1, refusal.Error.Code, until, cancellationToken);
        return true;
    }

    /// <summary>A job has got what it wanted from its platform. Its circuit is closed before anybody is told of the job.</summary>
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

    /// <summary>How long it may be parked.</summary>
    private DateTimeOffset Deadline(Job job) => (job.ParkedAt ?? time.GetUtcNow()) + options.Value.JobPatience;

    private async Task GiveUpAsync(Job job, string code, CancellationToken cancellationToken)
    {
        LogTooLong(job.Id, job.Platform, code);
        var message =
            $"{job.Platform} has refused this server since {job.ParkedAt:u}, and a job waits no longer than {options.Value.JobPatience} for that to end.";
        if (await endings.FailAsync(job, job.RunId, code, message, cancellationToken))
        {
            // What an earlier run stored and could not commit.
            delivery.DiscardAllOf(job.Id);
        }
    }

    private async Task ParkAsync(
        Job job,
        QueuedJob queued,
        int attempts,
        string code,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var deadline = Deadline(job);
        var at = until < deadline ? until : deadline;
        var since = job.ParkedAt ?? time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var parked = await db.InWriteTransactionAsync(
            token =>
                db.Jobs.Where(one => one.Id == job.Id && one.Status == JobStatus.Processing && one.RunId == job.RunId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.RunId, (string?)null)
                                .SetProperty(one => one.Stage, JobStage.Parked)
                                .SetProperty(one => one.Attempts, attempts)
                                .SetProperty(one => one.ParkedAt, since)
                                .SetProperty(one => one.ParkedUntil, at)
                                .SetProperty(one => one.ParkedCode, code),
                        token
                    ),
            cancellationToken
        );
        if (parked == 0)
        {
            // Cancelled, deleted or taken over.
            return;
        }

        await queue.ParkAsync(queued, job.Platform, at, cancellationToken);
        changes.Announce(job.Id);
        CircuitMetrics.CountParked(job.Platform);
    }

    [LoggerMessage(LogLevel.Information, "Job {JobId} has waited too long for {Platform} ({Code})")]
    private partial void LogTooLong(long jobId, string platform, string code);
}
