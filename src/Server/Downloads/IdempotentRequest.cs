using System.Text.Json;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Downloads;

/// <summary>A request that its client has named.</summary>
internal sealed record IdempotentRequest(
    long AccountId,
    string Key,
    string Hash,
    DateTimeOffset At,
    JsonSerializerOptions Json
)
{
    /// <summary>Takes the key, before anything else is done in the transaction: whoever comes second waits here, and then fails.</summary>
    public async Task TakeAsync(DecantDb db, CancellationToken cancellationToken)
    {
        db.IdempotencyRecords.Add(
            new IdempotencyRecord
            {
                AccountId = AccountId,
                Key = Key,
                RequestHash = Hash,
                CreatedAt = At,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keeps what was answered, in the transaction that made it true.</summary>
    public async Task KeepAsync<TAnswer>(DecantDb db, TAnswer answer, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(answer, Json);
        await db
            .IdempotencyRecords.Where(one => one.AccountId == AccountId && one.Key == Key)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Answer, text).SetProperty(one => one.Status, StatusCodes.Status200OK),
                cancellationToken
            );
    }
}
