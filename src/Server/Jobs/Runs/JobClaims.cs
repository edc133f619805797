using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Jobs.Watching;
using Decant.Server.Platforms.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Decant.Server.Jobs.Runs;

/// <summary>Makes a run the one owner of a job, as far as the job's platform has room for one more.</summary>
internal sealed partial class JobClaims(
    IDbContextFactory<DecantDb> databases,
    JobTransitions transitions,
    JobQueue queue,
    JobChanges changes,
    DatabaseReturn back,
    IOptions<JobsOptions> options,
    ILogger<JobClaims> logger
)
{
    /// <summary>Reads the row, for the whole run the only time.</summary>
    /// <returns>Null where the job has ended, or another run that is alive has it.</returns>
    public Task<Claimable?> FindAsync(long jobId, CancellationToken cancellationToken) =>
        back.UntilDoneAsync(() => FindNowAsync(jobId, cancellationToken));

    private async Task<Claimable?> FindNowAsync(long jobId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db
            .Jobs.AsNoTracking()
            .Where(job => job.Id == jobId && job.Status == JobStatus.Processing)
            .Select(job => new Claimable(
                job,
                db.Set<StoredCookies>().Any(own => own.AccountId == job.AccountId && own.Platform == job.Platform)
            ))
            .SingleOrDefaultAsync(cancellationToken);
        return found is { Job.RunId: { } owner } && await IsAliveAsync(owner, cancellationToken) ? null : found;
    }

    /// <summary>A run that the queue no longer knows was killed: its job is taken over, and only from it.</summary>
    public async Task<ClaimResult> TryClaimAsync(Job job, string runId, CancellationToken cancellationToken)
    {
        var result = await back.UntilDoneAsync(() => ClaimNowAsync(job, runId, cancellationToken));
        if (result == ClaimResult.Claimed)
        {
            changes.Announce(job.Id);
        }

        return result;
    }

    private async Task<ClaimResult> ClaimNowAsync(Job job, string runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
            async token =>
            {
                // A claim that a crash of the database undid is a run that no longer owns its job, which the sweep brings back.
                await db.PassAloneBrieflyAsync($"platform:{job.Platform}", token);
                var others = db.Jobs.Where(one =>
                    one.Platform == job.Platform && one.RunId != null && one.Id != job.Id
                );
                var most = options.Value.MaxPerPlatform;
                // Room may have come since; what could be claimed then and was not, lacked it.
                return await transitions.ClaimAsync(db, job, runId, new RoomOfRuns(others, most), token)
                        ? ClaimResult.Claimed
                    : await JobTransitions.IsClaimableAsync(db, job, runId, token) ? ClaimResult.PlatformIsFull
                    : ClaimResult.Lost;
            },
            cancellationToken
        );
    }

    /// <summary>Lets the next of a platform's jobs have the room that a run leaves. Should nobody be told, the parked ones look for themselves before long.</summary>
    public async Task LeaveRoomAsync(string platform)
    {
        try
        {
            if (await IsBusyAsync(platform))
            {
                await queue.WakeNextAsync(platform, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is SchedulerException || DatabaseTrouble.IsCauseOf(exception))
        {
            LogNotWoken(exception, platform);
        }
    }

    /// <summary>True where so much runs of a platform that jobs may be parked for it: to look for them in the queue costs ten times as much.</summary>
    /// <remarks>Far below the limit, since many runs may leave at once, of which each sees what all of them have left.</remarks>
    private async Task<bool> IsBusyAsync(string platform)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var running = await db.Jobs.CountAsync(job => job.Platform == platform && job.RunId != null);
        return running >= options.Value.MaxPerPlatform / 4;
    }

    /// <returns>Whether the queue knows the run, on whichever node it is.</returns>
    private async Task<bool> IsAliveAsync(string runId, CancellationToken cancellationToken) =>
        (await queue.GetRunsAsync(cancellationToken)).Contains(runId);

    [LoggerMessage(LogLevel.Warning, "No parked job of {Platform} could be woken")]
    private partial void LogNotWoken(Exception exception, string platform);
}

/// <param name="Job">A job that no living run owns.</param>
/// <param name="HasCookies">True where the account has cookies of its own for the platform, and is somebody else to it than this server.</param>
internal sealed record Claimable(Job Job, bool HasCookies);

internal enum ClaimResult
{
    Claimed,

    /// <summary>The platform has as many running jobs as it may.</summary>
    PlatformIsFull,

    /// <summary>The job has ended, or another run has it.</summary>
    Lost,
}
