using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Requests;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Intake;

/// <summary>Accepts jobs: the rows, the money and what else belongs to it in one transaction, or none of it.</summary>
internal sealed class JobIntake(
    IDbContextFactory<DecantDb> databases,
    Ledger ledger,
    Pricing pricing,
    PublicQueue publicQueue,
    WaitingRoom room,
    JobHandOver handOver,
    TimeProvider time
)
{
    /// <param name="acceptance">Request and media to accept.</param>
    /// <param name="answer">Maker of the answer of the accepted jobs.</param>
    /// <param name="cancellationToken">Token that ends it, until the commit.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Errors.ApiException">Too little in the purse for all of them, or too many wait.</exception>
    public async Task<TAnswer> AcceptAsync<TAnswer>(
        Acceptance acceptance,
        Func<IReadOnlyList<Job>, TAnswer> answer,
        CancellationToken cancellationToken
    )
    {
        await room.EnsureRoomAsync(acceptance.Media.Count, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (jobs, made) = await db.InWriteTransactionAsync(
            async token =>
            {
                var accepted = await InsertAsync(db, acceptance, token);
                var answered = answer(accepted);
                await (acceptance.Named?.KeepAsync(db, answered, token) ?? Task.CompletedTask);
                return (accepted, answered);
            },
            cancellationToken
        );
        // Accepted and paid for: no longer the client's to break off by hanging up.
        await handOver.TryHandOverAsync(jobs, CancellationToken.None);
        return made;
    }

    private async Task<IReadOnlyList<Job>> InsertAsync(
        DecantDb db,
        Acceptance acceptance,
        CancellationToken cancellationToken
    )
    {
        if (acceptance.Caller is null)
        {
            await publicQueue.TakeRoomAsync(db, acceptance.Media.Count, cancellationToken);
        }

        var now = time.GetUtcNow();
        var jobs = acceptance.Media.Select(medium => NewJob(acceptance, medium, now)).ToList();
        if (acceptance.Caller is { } caller)
        {
            // Without prices too: the account's row, which a hold of nothing locks as well, is what its rivals wait for.
            var priced = jobs.Zip(acceptance.Media, (job, medium) => (job, medium.Price.In(caller.Purse)));
            await ledger.InsertAsync(db, caller, [.. priced], cancellationToken);
            await room.EnsureAccountAsync(db, caller.AccountId, cancellationToken);
            return jobs;
        }

        db.Jobs.AddRange(jobs);
        await db.SaveChangesAsync(cancellationToken);
        return jobs;
    }

    private Job NewJob(Acceptance acceptance, FoundMedium medium, DateTimeOffset now) =>
        new()
        {
            TaskId = Guid.NewGuid(),
            AccountId = acceptance.Caller?.AccountId,
            BatchId = acceptance.BatchId,
            PlaylistIndex = medium.PlaylistIndex,
            PlaylistTitle = medium.PlaylistTitle,
            AccessTokenHash = acceptance.AccessTokenHash,
            Url = medium.Download.Address,
            Platform = medium.Info.Platform.Name,
            VideoId = medium.Info.Id,
            OriginalTitle = medium.Info.Title,
            Kind = medium.Download.Kind,
            Format = medium.Download.Format,
            Request = medium.Download.Words with { Matched = Matched.Of(medium.Info) },
            EstimatedDuration = medium.Download.LengthOf(medium.Info) is { } length
                ? Math.Round(length.TotalSeconds, 3)
                : null,
            Status = JobStatus.Processing,
            Stage = medium.IsUpcoming ? JobStage.Waiting : JobStage.Queued,
            StartsAt = medium.StartsAt,
            BilledTo = pricing.PayerOf(acceptance.Caller),
            CreatedAt = now,
        };
}
