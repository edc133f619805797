using System.Text.Json;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Idempotency;

/// <summary>A request that its client has named, while it is handled.</summary>
/// <param name="AccountId">Account that named the request.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Key">The client's name for it.</param>
/// <param name="Hash">SHA-256 of what is asked.</param>
/// <param name="Json">The wire's JSON.</param>
internal sealed record IdempotentRequest(
    long AccountId,
    string Operation,
    string Key,
    string Hash,
    JsonSerializerOptions Json
)
{
    /// <summary>Id of this handling of the request.</summary>
    public Guid ClaimId { get; } = Guid.NewGuid();

    /// <summary>The answer was kept, though it counts only once its transaction is committed.</summary>
    public bool IsKept { get; private set; }

    public IQueryable<IdempotencyRecord> RecordIn(DecantDb db) =>
        db.IdempotencyRecords.Where(one => one.AccountId == AccountId && one.Operation == Operation && one.Key == Key);

    /// <summary>The record, as long as it waits for this handling's answer.</summary>
    public IQueryable<IdempotencyRecord> OpenRecordIn(DecantDb db) =>
        RecordIn(db).Where(one => one.ClaimId == ClaimId && one.Status == 0);

    /// <summary>Keeps what is answered with 200, in the transaction that makes it true: should the server die, both are there or neither.</summary>
    /// <exception cref="ApiException">Taken for dead meanwhile: another handling has the request, and this transaction must not be.</exception>
    public async Task KeepAsync<TAnswer>(DecantDb db, TAnswer answer, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(answer, Json);
        if (await KeepAsync(db, StatusCodes.Status200OK, body, cancellationToken) == 0)
        {
            throw UnderWay();
        }

        IsKept = true;
    }

    /// <returns>0 where the record does not wait for this answer (any more).</returns>
    public Task<int> KeepAsync(DecantDb db, int status, string body, CancellationToken cancellationToken) =>
        OpenRecordIn(db)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Status, status).SetProperty(one => one.Answer, body),
                cancellationToken
            );

    public ApiException UnderWay() =>
        new(
            ApiError.IdempotencyInProgress,
            $"The first request with the Idempotency-Key '{Key}' is still under way. Send this one again in a moment."
        )
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };
}

internal static class IdempotentRequestContext
{
    /// <summary>The request, where its client has named it. Whoever answers it in a transaction keeps the answer in the same.</summary>
    public static IdempotentRequest? GetNamed(this HttpContext context) => context.Features.Get<IdempotentRequest>();
}
