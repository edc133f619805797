using Decant.Server.Data;

namespace Decant.Server.Accounts.Audit;

/// <summary>Writes down who did what. An entry belongs into the transaction that does it: neither is there without the other.</summary>
internal sealed class AuditTrail(TimeProvider time)
{
    /// <summary>Adds to what the next save writes.</summary>
    public void Add(DecantDb db, AuditAction action, Actor actor, long? accountId, string? detail = null) =>
        db.AuditEntries.Add(
            new AuditEntry
            {
                CreatedAt = time.GetUtcNow(),
                Action = action,
                ActorId = actor.AccountId,
                ApiKeyId = actor.ApiKeyId,
                AccountId = accountId,
                Detail = detail,
                Address = actor.Address,
            }
        );
}
