using Decant.Server.Data;
using Decant.Server.Jobs.Requests;
using Decant.Server.Jobs.Watching;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Decant.Server.Jobs.Transitions;

/// <summary>
/// The state machine of a job: the only writer of its status, its stage, its owner, its attempts and its waits. A transition
/// is one conditional update, with the state it starts from and the owner in its <c>WHERE</c>; false means that the job was
/// not in that state, or not that run's, and that nothing has happened.
/// </summary>
internal sealed partial class JobTransitions(
    IDbContextFactory<DecantDb> databases,
    DatabaseReturn back,
    JobChanges changes,
    TimeProvider time
)
{
    /// <summary>
    /// Runs transitions and what belongs to them (money, events) in one write transaction, then tells the watchers. Waits for a
    /// database that is away.
    /// </summary>
    public async Task<bool> ApplyAsync(
        long jobId,
        Func<DecantDb, CancellationToken, Task<bool>> work,
        CancellationToken cancellationToken
    )
    {
        var done = await back.UntilDoneAsync(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await db.InWriteTransactionAsync(token => work(db, token), cancellationToken);
        });
        if (done)
        {
            changes.Announce(jobId);
        }

        return done;
    }

    /// <summary>Notes how far a run is. Its progress never falls.</summary>
    /// <remarks>Outside a write transaction: this need not outlive a power cut, and costs a twentieth of one that would.</remarks>
    public static async Task<bool> MoveAsync(
        DecantDb db,
        long jobId,
        string runId,
        RunStep step,
        CancellationToken cancellationToken
    ) =>
        await Owned(db, jobId, runId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.Stage, step.Stage)
                        .SetProperty(
                            one => one.Progress,
                            one => one.Progress > step.Percent ? one.Progress : step.Percent
                        )
                        .SetProperty(one => one.BytesFetched, step.Bytes)
                        .SetProperty(one => one.RecordedSeconds, step.Recorded),
                cancellationToken
            ) > 0;

    /// <summary>Moves a job from a run back to the queue. The hold stays.</summary>
    /// <param name="db">The database.</param>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="counts">True where the run counts as an attempt: not when the server, stopping in good order, broke it off.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public static Task<bool> RequeueAsync(DecantDb db, Job job, bool counts, CancellationToken cancellationToken) =>
        LeaveAsync(
            db,
            job,
            JobStage.Queued,
            set => set.SetProperty(one => one.Attempts, counts ? job.Attempts : job.Attempts - 1),
            cancellationToken
        );

    /// <summary>Moves a job from a run to waiting for a live stream to begin. The run counts as no attempt.</summary>
    public static Task<bool> WaitAsync(
        DecantDb db,
        Job job,
        DateTimeOffset? startsAt,
        CancellationToken cancellationToken
    ) =>
        LeaveAsync(
            db,
            job,
            JobStage.Waiting,
            set =>
                set.SetProperty(one => one.StartsAt, startsAt)
                    .SetProperty(one => one.ParkedAt, (DateTimeOffset?)null)
                    .SetProperty(one => one.StartedAt, (DateTimeOffset?)null)
                    .SetProperty(one => one.Attempts, job.Attempts - 1),
            cancellationToken
        );

    /// <summary>Moves a job from the queue or a run to parked. The run counts as no attempt.</summary>
    public static Task<bool> ParkAsync(DecantDb db, Job job, Parked parked, CancellationToken cancellationToken) =>
        LeaveAsync(
            db,
            job,
            JobStage.Parked,
            set =>
                set.SetProperty(one => one.Attempts, parked.Attempts)
                    .SetProperty(one => one.ParkedAt, parked.Since)
                    .SetProperty(one => one.ParkedUntil, parked.Until)
                    .SetProperty(one => one.ParkedCode, parked.Code),
            cancellationToken
        );

    /// <summary>Moves a job from a run to completed.</summary>
    public Task<bool> CompleteAsync(
        DecantDb db,
        Job job,
        Delivery delivery,
        Used used,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            Owned(db, job.Id, job.RunId),
            JobStatus.Completed,
            set =>
                set.SetProperty(one => one.Stage, JobStage.Done)
                    .SetProperty(one => one.Progress, 100)
                    .SetProperty(one => one.CreditsUsed, used.Credits)
                    .SetProperty(one => one.CentsUsed, used.Cents)
                    .SetProperty(one => one.ExpiresAt, delivery.ExpiresAt)
                    .SetProperty(one => one.Files, delivery.Files)
                    .SetProperty(one => one.FileSize, delivery.Size)
                    .SetProperty(one => one.Duration, delivery.Seconds)
                    .SetProperty(one => one.Resolution, delivery.Resolution)
                    .SetProperty(one => one.Fps, delivery.Fps)
                    .SetProperty(one => one.AudioCodec, delivery.Medium?.AudioCodec)
                    .SetProperty(one => one.VideoCodec, delivery.Medium?.VideoCodec)
                    .SetProperty(
                        one => one.Request,
                        job.Request with
                        {
                            CutAt = delivery.Medium?.CutAt,
                            FellBackFrom = delivery.Medium?.FellBackFrom,
                            Matched = Matched.Of(delivery.Info),
                        }
                    )
                    .SetProperty(one => one.VideoId, delivery.Info.Id)
                    .SetProperty(one => one.OriginalTitle, delivery.Info.Title),
            cancellationToken
        );

    /// <summary>Says anew what a completed job cost.</summary>
    public static Task CorrectAsync(DecantDb db, long jobId, Used used, CancellationToken cancellationToken) =>
        db
            .Jobs.Where(one => one.Id == jobId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.CreditsUsed, used.Credits).SetProperty(one => one.CentsUsed, used.Cents),
                cancellationToken
            );

    /// <summary>Moves a job from the queue or a run to failed.</summary>
    public Task<bool> FailAsync(
        DecantDb db,
        Job job,
        string code,
        string message,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            Owned(db, job.Id, job.RunId),
            JobStatus.Failed,
            set => set.SetProperty(one => one.ErrorCode, code).SetProperty(one => one.ErrorMessage, message),
            cancellationToken
        );

    /// <summary>Moves a job that has not ended to cancelled, whoever owns its run.</summary>
    public Task<bool> CancelAsync(DecantDb db, long jobId, CancellationToken cancellationToken) =>
        EndAsync(
            db.Jobs.Where(one => one.Id == jobId && one.Status == JobStatus.Processing),
            JobStatus.Cancelled,
            set => set.SetProperty(one => one.CancelRequested, true),
            cancellationToken
        );

    /// <summary>Asks the run that records a live stream to end in good order.</summary>
    /// <returns>False where nothing is recorded (yet).</returns>
    public static async Task<bool> AskToCloseAsync(DecantDb db, Job job, CancellationToken cancellationToken) =>
        job.Request.Recording is not null
        && await db
            .Jobs.Where(one => one.Id == job.Id && one.Status == JobStatus.Processing && one.RecordedSeconds != null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CancelRequested, true), cancellationToken) > 0;

    /// <summary>Moves a job from failed back to the queue, as if it were new.</summary>
    public static async Task<bool> RestartAsync(
        DecantDb db,
        long jobId,
        Purse? purse,
        CancellationToken cancellationToken
    ) =>
        await db
            .Jobs.Where(one => one.Id == jobId && one.Status == JobStatus.Failed)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.Status, JobStatus.Processing)
                        .SetProperty(one => one.Stage, JobStage.Queued)
                        .SetProperty(one => one.Progress, 0)
                        .SetProperty(one => one.CancelRequested, false)
                        .SetProperty(one => one.BytesFetched, (long?)null)
                        .SetProperty(one => one.RecordedSeconds, (double?)null)
                        .SetProperty(one => one.Attempts, 0)
                        .SetProperty(one => one.ParkedAt, (DateTimeOffset?)null)
                        .SetProperty(one => one.BilledTo, purse)
                        .SetProperty(one => one.ErrorCode, (string?)null)
                        .SetProperty(one => one.ErrorMessage, (string?)null)
                        .SetProperty(one => one.StartedAt, (DateTimeOffset?)null)
                        .SetProperty(one => one.CompletedAt, (DateTimeOffset?)null),
                cancellationToken
            ) > 0;

    /// <summary>The job, as long as a run owns it; with null, as long as no run does.</summary>
    public static IQueryable<Job> Owned(DecantDb db, long jobId, string? runId) =>
        db.Jobs.Where(job => job.Id == jobId && job.Status == JobStatus.Processing && job.RunId == runId);

    /// <summary>Moves a job from a run (or the queue) to a stage in which no run owns it.</summary>
    private static async Task<bool> LeaveAsync(
        DecantDb db,
        Job job,
        JobStage stage,
        Action<UpdateSettersBuilder<Job>> set,
        CancellationToken cancellationToken
    ) =>
        await Owned(db, job.Id, job.RunId)
            .ExecuteUpdateAsync(
                setters =>
                {
                    setters.SetProperty(one => one.RunId, (string?)null).SetProperty(one => one.Stage, stage);
                    set(setters);
                },
                cancellationToken
            ) > 0;

    private async Task<bool> EndAsync(
        IQueryable<Job> job,
        JobStatus status,
        Action<UpdateSettersBuilder<Job>> set,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return await job.ExecuteUpdateAsync(
                setters =>
                {
                    setters
                        .SetProperty(one => one.Status, status)
                        .SetProperty(one => one.RunId, (string?)null)
                        .SetProperty(one => one.CompletedAt, now);
                    set(setters);
                },
                cancellationToken
            ) > 0;
    }
}
