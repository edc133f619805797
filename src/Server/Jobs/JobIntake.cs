using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Downloads;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs;

/// <summary>Accepts jobs: the rows, the money and what else belongs to it in one transaction, or none of it.</summary>
internal sealed class JobIntake(
    IDbContextFactory<DecantDb> databases,
    Ledger ledger,
    JobHandOver handOver,
    TimeProvider time
)
{
    /// <param name="caller">Who pays; null for public downloads, which cost nothing.</param>
    /// <param name="media">What was found; one job each.</param>
    /// <param name="batchId">Shared by jobs accepted together.</param>
    /// <param name="accessTokenHash">What a public job is shown for.</param>
    /// <param name="before">Done first in the transaction.</param>
    /// <param name="after">Done last in it, with the jobs as they are to be answered.</param>
    /// <param name="cancellationToken">Gives up, until the commit.</param>
    /// <exception cref="Errors.ApiException">Too little in the purse for all of them.</exception>
    public async Task<IReadOnlyList<Job>> AcceptAsync(
        Caller? caller,
        IReadOnlyList<FoundMedium> media,
        Guid? batchId,
        string? accessTokenHash,
        Func<DecantDb, CancellationToken, Task> before,
        Func<DecantDb, IReadOnlyList<Job>, CancellationToken, Task> after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var jobs = await db.InWriteTransactionAsync(
            async token =>
            {
                await before(db, token);
                var now = time.GetUtcNow();
                var accepted = media.Select(medium => NewJob(caller, medium, batchId, accessTokenHash, now)).ToList();
                db.Jobs.AddRange(accepted);
                await db.SaveChangesAsync(token);
                if (caller is not null)
                {
                    var holds = accepted.Zip(media, (job, medium) => new Hold(job.Id, medium.Price.In(caller.Purse)));
                    await ledger.HoldAsync(db, caller, [.. holds], token);
                }

                await after(db, accepted, token);
                return accepted;
            },
            cancellationToken
        );
        // Accepted and paid for: no longer the client's to break off by hanging up.
        await handOver.TryHandOverAsync(jobs, CancellationToken.None);
        return jobs;
    }

    private static Job NewJob(
        Caller? caller,
        FoundMedium medium,
        Guid? batchId,
        string? accessTokenHash,
        DateTimeOffset now
    ) =>
        new()
        {
            TaskId = Guid.NewGuid(),
            AccountId = caller?.AccountId,
            BatchId = batchId,
            PlaylistIndex = medium.PlaylistIndex,
            AccessTokenHash = accessTokenHash,
            Url = medium.Download.Url.OriginalString,
            Platform = medium.Info.Platform.Name,
            VideoId = medium.Info.Id,
            OriginalTitle = medium.Info.Title,
            Format = medium.Download.Output.Container.Name,
            Request = medium.Download.Words,
            EstimatedDuration = medium.Download.LengthOf(medium.Info)?.TotalSeconds,
            Status = JobStatus.Processing,
            Stage = JobStage.Queued,
            BilledTo = caller?.Purse,
            CreatedAt = now,
        };
}
