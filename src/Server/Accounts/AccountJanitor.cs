using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts;

/// <summary>Removes sessions that expired and forgets wrong passwords that count no more.</summary>
internal sealed class AccountJanitor(
    IDbContextFactory<DecantDb> databases,
    TimeProvider time,
    ILogger<AccountJanitor> logger
) : Janitor(TimeSpan.FromHours(1), time, logger)
{
    private readonly TimeProvider _time = time;

    /// <remarks>A revoked session stays until it would have expired: its tokens are known as used until then.</remarks>
    protected override async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(
            async token =>
            {
                await db.Sessions.Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync(token);
                await db.SignInAttempts.Where(attempts => attempts.Until <= now).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );
    }
}
