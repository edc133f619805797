using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Keys;

/// <summary><c>DELETE /api/v1/auth/api-keys/{id}</c>. Counts from the next request on, on every node, and ends the sessions that were begun with it; to revoke twice changes nothing.</summary>
internal static class RevokeKey
{
    public static async Task<Ok<KeyView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var own = db.ApiKeys.Where(key => key.Id == id && key.AccountId == account);
        var revoked = await db.InWriteTransactionAsync(
            async token =>
            {
                var now = time.GetUtcNow();
                var changed = await own.Where(key => key.RevokedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, now), token);
                var key = await own.AsNoTracking().SingleOrDefaultAsync(token);
                if (key is not null && changed == 1)
                {
                    // Whoever had the key may have the sessions, too.
                    await db
                        .Sessions.Where(session => session.ApiKeyId == id && session.RevokedAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), token);
                    audit.Add(db, AuditAction.KeyRevoked, Actor.Of(context), account, $"{key.Prefix}…");
                    await db.SaveChangesAsync(token);
                    await CredentialChanges.TellAsync(db, account, token);
                }

                return key;
            },
            cancellationToken
        );
        return TypedResults.Ok(
            KeyView.Of(revoked ?? throw new ApiException(ApiError.NotFound, $"There is no API key {id} of yours."))
        );
    }
}
