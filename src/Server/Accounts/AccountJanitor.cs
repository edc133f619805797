using Decant.Server.Accounts.Tokens;
using Decant.Server.Hosting;

namespace Decant.Server.Accounts;

/// <summary>Removes sessions that expired and forgets wrong passwords that count no more.</summary>
internal sealed class AccountJanitor(
    Sessions sessions,
    SignInGuard guard,
    TimeProvider time,
    ILogger<AccountJanitor> logger
) : Janitor(TimeSpan.FromHours(1), time, logger)
{
    public override async Task CleanAsync(CancellationToken cancellationToken)
    {
        await sessions.CleanAsync(cancellationToken);
        await guard.CleanAsync(cancellationToken);
    }
}
