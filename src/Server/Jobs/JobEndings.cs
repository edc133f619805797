using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Downloads;
using Decant.Server.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Decant.Server.Jobs;

/// <summary>Ends jobs: the status, the money and the event in one transaction, or nothing where the job was not the caller's to end.</summary>
internal sealed class JobEndings(
    IDbContextFactory<DecantDb> databases,
    Ledger ledger,
    Pricing pricing,
    WebhookOutbox webhooks,
    JobChanges changes,
    TimeProvider time
)
{
    /// <returns>False where the run no longer owns the job; then nothing has happened.</returns>
    public async Task<bool> CompleteAsync(Job job, string runId, Delivery delivery, CancellationToken cancellationToken)
    {
        var price = PriceOf(job, delivery);
        return await InTransactionAsync(
            job.Id,
            async (db, token) =>
            {
                var ended = await EndAsync(
                    db,
                    Owned(db, job.Id, runId),
                    JobStatus.Completed,
                    set =>
                        set.SetProperty(one => one.Stage, JobStage.Done)
                            .SetProperty(one => one.Progress, 100)
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
                                    Matched = Matched.Of(delivery.Info),
                                }
                            )
                            .SetProperty(one => one.VideoId, delivery.Info.Id)
                            .SetProperty(one => one.OriginalTitle, delivery.Info.Title),
                    token
                );
                if (!ended)
                {
                    return false;
                }

                var charged = job.BilledTo is { } purse ? await ledger.SettleAsync(db, job, price.In(purse), token) : 0;
                await db
                    .Jobs.Where(one => one.Id == job.Id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(
                                    one => one.CreditsUsed,
                                    job.BilledTo is Purse.Credits ? charged : price.Credits
                                )
                                .SetProperty(one => one.CentsUsed, job.BilledTo is Purse.Wallet ? charged : null),
                        token
                    );
                await AddEventAsync(db, job.Id, "job.completed", token);
                return true;
            },
            cancellationToken
        );
    }

    /// <inheritdoc cref="CompleteAsync"/>
    public Task<bool> FailAsync(
        Job job,
        string? runId,
        string code,
        string message,
        CancellationToken cancellationToken
    ) =>
        InTransactionAsync(
            job.Id,
            async (db, token) =>
            {
                var ended = await EndAsync(
                    db,
                    Owned(db, job.Id, runId),
                    JobStatus.Failed,
                    set => set.SetProperty(one => one.ErrorCode, code).SetProperty(one => one.ErrorMessage, message),
                    token
                );
                if (ended)
                {
                    await ledger.ReleaseAsync(db, job, token);
                    await AddEventAsync(db, job.Id, "job.failed", token);
                }

                return ended;
            },
            cancellationToken
        );

    /// <summary>Cancels whatever state of running the job is in. Works inside the caller's transaction.</summary>
    /// <returns>False where the job had ended already.</returns>
    public async Task<bool> CancelAsync(DecantDb db, Job job, CancellationToken cancellationToken)
    {
        var ended = await EndAsync(
            db,
            db.Jobs.Where(one => one.Id == job.Id),
            JobStatus.Cancelled,
            set => set.SetProperty(one => one.CancelRequested, true),
            cancellationToken
        );
        if (ended)
        {
            await ledger.ReleaseAsync(db, job, cancellationToken);
            await AddEventAsync(db, job.Id, "job.cancelled", cancellationToken);
        }

        return ended;
    }

    /// <summary>Gives a job up unfinished, for another run to take. Its hold stays.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="runId">Who owns it.</param>
    /// <param name="counts">Whether this run counts as an attempt: not when the server, stopping in good order, broke it off.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where the run no longer owns the job.</returns>
    public Task<bool> RequeueAsync(Job job, string runId, bool counts, CancellationToken cancellationToken) =>
        InTransactionAsync(
            job.Id,
            async (db, token) =>
                await Owned(db, job.Id, runId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.RunId, (string?)null)
                                .SetProperty(one => one.Stage, JobStage.Queued)
                                .SetProperty(one => one.Attempts, counts ? job.Attempts : job.Attempts - 1),
                        token
                    ) > 0,
            cancellationToken
        );

    /// <summary>Puts a job aside until its live stream begins. Nothing of it counts as an attempt.</summary>
    /// <inheritdoc cref="RequeueAsync"/>
    public Task<bool> WaitAsync(Job job, string runId, DateTimeOffset? startsAt, CancellationToken cancellationToken) =>
        InTransactionAsync(
            job.Id,
            async (db, token) =>
                await Owned(db, job.Id, runId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.RunId, (string?)null)
                                .SetProperty(one => one.Stage, JobStage.Waiting)
                                .SetProperty(one => one.StartsAt, startsAt)
                                .SetProperty(one => one.ParkedAt, (DateTimeOffset?)null)
                                .SetProperty(one => one.StartedAt, (DateTimeOffset?)null)
                                .SetProperty(one => one.Attempts, job.Attempts - 1),
                        token
                    ) > 0,
            cancellationToken
        );

    /// <summary>Has a live recording end, and what was recorded kept. Works inside the caller's transaction.</summary>
    /// <returns>False where nothing is recorded (yet), or all is over.</returns>
    public static async Task<bool> TryCloseAsync(DecantDb db, Job job, CancellationToken cancellationToken) =>
        job.Request.Recording is not null
        && await db
            .Jobs.Where(one => one.Id == job.Id && one.Status == JobStatus.Processing && one.RecordedSeconds != null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CancelRequested, true), cancellationToken) > 0;

    private async Task<bool> InTransactionAsync(
        long jobId,
        Func<DecantDb, CancellationToken, Task<bool>> work,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var done = await db.InWriteTransactionAsync(token => work(db, token), cancellationToken);
        changes.Announce(jobId);
        return done;
    }

    private static IQueryable<Job> Owned(DecantDb db, long jobId, string? runId) =>
        db.Jobs.Where(job => job.Id == jobId && job.RunId == runId);

    private async Task<bool> EndAsync(
        DecantDb db,
        IQueryable<Job> job,
        JobStatus status,
        Action<UpdateSettersBuilder<Job>> set,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return await job.Where(one => one.Status == JobStatus.Processing)
                .ExecuteUpdateAsync(
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

    private async Task AddEventAsync(DecantDb db, long jobId, string type, CancellationToken cancellationToken)
    {
        var happened = new JobEvent
        {
            Id = Guid.CreateVersion7(),
            JobId = jobId,
            Type = type,
            CreatedAt = time.GetUtcNow(),
        };
        db.JobEvents.Add(happened);
        await webhooks.AddAsync(db, happened, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What was announced is what is charged: a container's last frame may run over by some milliseconds, and nobody
    /// should pay a credit for it. Less than announced is charged as less.</summary>
    private Price PriceOf(Job job, Delivery delivery)
    {
        if (job.BilledTo is null)
        {
            return Price.Nothing;
        }

        var announced = job.EstimatedDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        return pricing.For(job.Kind, announced < delivery.Medium?.Duration ? announced : delivery.Medium?.Duration);
    }
}
