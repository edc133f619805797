using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Keys;

/// <summary>Finds the owner of an API key.</summary>
internal sealed class KeyCheck(DecantDb db, KeyUse use, TimeProvider time)
{
    /// <exception cref="ApiException"><c>unauthenticated</c> for a key that is not known, <c>key_revoked</c> for one that is good no more.</exception>
    public async Task<Caller> FindCallerAsync(string key, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(key);
        var found =
            await db
                .ApiKeys.AsNoTracking()
                .Where(one => one.Hash == hash)
                .Join(
                    db.Accounts,
                    one => one.AccountId,
                    account => account.Id,
                    (one, account) =>
                        new
                        {
                            Key = one,
                            account.IsAdministrator,
                            account.Disabled,
                        }
                )
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new ApiException(
                ApiError.Unauthenticated,
                "The API key is not known here. Check it for missing characters."
            );
        if (found.Key.RevokedAt is not null)
        {
            throw Over($"The API key {found.Key.Prefix}… is revoked.");
        }

        var now = time.GetUtcNow();
        if (found.Key.ExpiresAt <= now)
        {
            throw Over($"The API key {found.Key.Prefix}… expired at {found.Key.ExpiresAt:u}.");
        }

        if (found.Disabled)
        {
            throw Over("The account of this API key is disabled.");
        }

        use.Note(found.Key, now);
        return new Caller(found.Key.AccountId, found.Key.Id, Purse.Wallet, found.IsAdministrator)
        {
            ExpiresAt = found.Key.ExpiresAt,
            Scopes = Scopes.Read(found.Key.Scopes),
        };
    }

    private static ApiException Over(string detail) => new(ApiError.KeyRevoked, detail);
}
