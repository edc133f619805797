using System.Globalization;
using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Tokens;

/// <summary>
/// Lets so many passwords be tried for one name from one address, on all nodes together. A try is counted before the password
/// is looked at, so that a hundred at once are not all let through; a right one wipes the count.
/// </summary>
internal sealed class SignInGuard(
    IDbContextFactory<DecantDb> databases,
    AuditTrail audit,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    /// <returns>Number of the try since the last right one, from 1.</returns>
    /// <exception cref="ApiException"><c>rate_limited</c>: too many wrong ones of late.</exception>
    public async Task<int> CountAsync(SignInName name, string email, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (tries, locked) = await db.InWriteTransactionAsync(
            token => CountAsync(db, name, email, actor, token),
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
                    $"Too many wrong passwords for this name from here; wait {minutes} min before the next try. API keys and open sessions go on working."
                )
            )
            {
                RetryAfter = wait,
            };
        }

        return tries;
    }

    /// <summary>Forgets the failures of an address whose password was right, or is another now: all may try anew. To be called inside the caller's write transaction.</summary>
    public static Task ForgetAsync(DecantDb db, string email, CancellationToken cancellationToken)
    {
        var prefix = SignInName.PrefixOf(email);
        return db
            .SignInAttempts.Where(attempts => attempts.NameHash.StartsWith(prefix))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Forgets the failures of one who knows the password; others' tries still count. To be called inside the caller's write transaction.</summary>
    public static Task ForgetAsync(DecantDb db, SignInName name, CancellationToken cancellationToken)
    {
        var key = name.Key;
        return db.SignInAttempts.Where(attempts => attempts.NameHash == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Counts a sign-in under a name that nobody has; true for the first of late from an address. Inside the caller's write transaction.</summary>
    public async Task<bool> IsFirstOfNobodyAsync(DecantDb db, Actor actor, CancellationToken cancellationToken)
    {
        var (tries, _) = await CountAsync(db, SignInName.Nobody(actor), most: int.MaxValue, cancellationToken);
        return tries == 1;
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

    /// <returns>The try's number and null; or the end of the lock (UTC).</returns>
    private async Task<(int Tries, DateTimeOffset? Locked)> CountAsync(
        DecantDb db,
        SignInName name,
        string email,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var most = options.Value.MaxFailedSignIns;
        var (tries, until) = await CountAsync(db, name, most, cancellationToken);
        if (tries <= most)
        {
            return (tries, null);
        }

        if (tries == most + 1)
        {
            // Written down once, not at every knock.
            var owner = await db.FindOwnerAsync(email, cancellationToken);
            audit.Add(db, AuditAction.SignInLocked, actor, owner?.Id, SumOf(most));
            await db.SaveChangesAsync(cancellationToken);
        }

        return (tries, until);
    }

    /// <summary>Counts a try; none beyond the first that is too many, so that a lock ends when it was to end.</summary>
    private async Task<(int Tries, DateTimeOffset Until)> CountAsync(
        DecantDb db,
        SignInName name,
        int most,
        CancellationToken cancellationToken
    )
    {
        await db.PassAloneAsync($"sign-in {name.Key}", cancellationToken);
        var now = time.GetUtcNow();
        var key = name.Key;
        var attempts = await db.SignInAttempts.SingleOrDefaultAsync(one => one.NameHash == key, cancellationToken);
        if (attempts is null)
        {
            db.SignInAttempts.Add(attempts = new SignInAttempts { NameHash = key });
        }
        else if (attempts.Until <= now)
        {
            attempts.Failures = 0;
        }

        if (attempts.Failures > most)
        {
            return (attempts.Failures + 1, attempts.Until);
        }

        // For those whom nothing locks the time runs from the first, or it would never be over.
        if (attempts.Failures < most && (most < int.MaxValue || attempts.Failures == 0))
        {
            attempts.Until = now + options.Value.LockOut;
        }

        attempts.Failures++;
        await db.SaveChangesAsync(cancellationToken);
        return (attempts.Failures, attempts.Until);
    }

    /// <summary>The audit trail's word for wrong passwords that have no entry each.</summary>
    public static string SumOf(int wrong) =>
        string.Create(CultureInfo.InvariantCulture, $"{wrong} wrong {(wrong == 1 ? "password" : "passwords")}");
}
