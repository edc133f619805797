using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Idempotency;

/// <summary>The records of named requests, the same for all nodes.</summary>
internal sealed class IdempotencyRecords(
    IDbContextFactory<DecantDb> databases,
    IOptions<IdempotencyOptions> options,
    TimeProvider time
)
{
    private readonly IdempotencyOptions _options = options.Value;

    /// <returns>Null where the request is the caller's to handle; or the record of the one that came first.</returns>
    public async Task<IdempotencyRecord?> TryTakeAsync(IdempotentRequest named, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            // Read first and without a turn to write, since those who wait ask often.
            var first = await named.RecordIn(db).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (first is not null && !IsOver(first))
            {
                return first;
            }

            try
            {
                if (
                    await db.InWriteTransactionAsync(
                        token => first is null ? InsertAsync(db, named, token) : TakeOverAsync(db, named, first, token),
                        cancellationToken
                    )
                )
                {
                    return null;
                }
            }
            catch (DbUpdateException exception) when (db.IsDuplicate(exception))
            {
                // Another was quicker, which the next look shows.
            }
        }
    }

    /// <summary>A sign of life.</summary>
    public async Task RenewAsync(IdempotentRequest named, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + _options.DeadAfter;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await named
            .OpenRecordIn(db)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ClaimedUntil, until), cancellationToken);
    }

    /// <summary>Keeps an answer that no transaction has kept.</summary>
    public async Task KeepAsync(IdempotentRequest named, int status, string body, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(token => named.KeepAsync(db, status, body, token), cancellationToken);
    }

    /// <summary>Forgets a request that has come to nothing, so that it may be sent again.</summary>
    public async Task ForgetAsync(IdempotentRequest named, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(token => named.OpenRecordIn(db).ExecuteDeleteAsync(token), cancellationToken);
    }

    /// <returns>Number of records removed.</returns>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var last = time.GetUtcNow() - _options.KeepFor;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
            token => db.IdempotencyRecords.Where(one => one.CreatedAt <= last).ExecuteDeleteAsync(token),
            cancellationToken
        );
    }

    private bool IsOver(IdempotencyRecord record)
    {
        var now = time.GetUtcNow();
        return record.CreatedAt <= now - _options.KeepFor || (!record.IsAnswered && record.ClaimedUntil <= now);
    }

    private async Task<bool> InsertAsync(DecantDb db, IdempotentRequest named, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        db.IdempotencyRecords.Add(
            new IdempotencyRecord
            {
                AccountId = named.AccountId,
                Operation = named.Operation,
                Key = named.Key,
                RequestHash = named.Hash,
                ClaimId = named.ClaimId,
                ClaimedUntil = now + _options.DeadAfter,
                CreatedAt = now,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<bool> TakeOverAsync(
        DecantDb db,
        IdempotentRequest named,
        IdempotencyRecord first,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var until = now + _options.DeadAfter;
        return await named
                .RecordIn(db)
                .Where(one =>
                    one.ClaimId == first.ClaimId && one.Status == first.Status && one.ClaimedUntil == first.ClaimedUntil
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(one => one.ClaimId, named.ClaimId)
                            .SetProperty(one => one.RequestHash, named.Hash)
                            .SetProperty(one => one.ClaimedUntil, until)
                            .SetProperty(one => one.CreatedAt, now)
                            .SetProperty(one => one.Status, 0)
                            .SetProperty(one => one.Answer, (string?)null),
                    cancellationToken
                ) > 0;
    }
}
