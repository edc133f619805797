using System.Globalization;
using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Tokens;

/// <summary>
/// Lets so many passwords be tried for one name, on all nodes together. A try is counted before the password is looked
/// at, so that a hundred at once are not all let through; a right one wipes the count.
/// </summary>
internal sealed class SignInGuard(
    IDbContextFactory<DecantDb> databases,
    AuditTrail audit,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    /// <exception cref="ApiException"><c>rate_limited</c>: too many wrong ones of late.</exception>
    public async Task CountAsync(string email, Actor actor, CancellationToken cancellationToken)
    {
        var name = NameHash(email);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var locked = await db.InWriteTransactionAsync(
            token => TryCountAsync(db, name, email, actor, token),
            cancellationToken
        );
        if (locked is { } until)
        {
            var wait = until - time.GetUtcNow();
            var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
            throw new ApiException(
                ApiError.RateLimited,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Too many wrong passwords for this name; wait {minutes} min before the next try. API keys and open sessions go on working."
                )
            )
            {
                RetryAfter = wait,
            };
        }
    }

    /// <summary>Inside the caller's write transaction: the password was right.</summary>
    public static Task ForgetAsync(DecantDb db, string email, CancellationToken cancellationToken)
    {
        var name = NameHash(email);
        return db.SignInAttempts.Where(attempts => attempts.NameHash == name).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes what counts no more.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(
            token => db.SignInAttempts.Where(attempts => attempts.Until <= now).ExecuteDeleteAsync(token),
            cancellationToken
        );
    }

    private static string NameHash(string email) => KeySecret.Hash(EmailAddress.Normalize(email));

    /// <returns>End of the name's lock (UTC); null where the attempt is counted and may go on.</returns>
    private async Task<DateTimeOffset?> TryCountAsync(
        DecantDb db,
        string name,
        string email,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await db.PassAloneAsync($"sign-in {name}", cancellationToken);
        var now = time.GetUtcNow();
        var until = now + options.Value.LockOut;
        var most = options.Value.MaxFailedSignIns;
        var attempts = await db.SignInAttempts.SingleOrDefaultAsync(one => one.NameHash == name, cancellationToken);
        if (attempts is null)
        {
            db.SignInAttempts.Add(attempts = new SignInAttempts { NameHash = name });
        }
        else if (attempts.Until <= now)
        {
            attempts.Failures = 0;
        }
        else if (attempts.Failures == most)
        {
            // Written down once, not at every knock.
            attempts.Failures++;
            var owner = await db.FindOwnerAsync(email, cancellationToken);
            audit.Add(db, AuditAction.SignInLocked, actor, owner?.Id);
            await db.SaveChangesAsync(cancellationToken);
            return attempts.Until;
        }
        else if (attempts.Failures > most)
        {
            return attempts.Until;
        }

        attempts.Failures++;
        attempts.Until = until;
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
