using Decant.Server.Accounts.Confirming;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Background;

namespace Decant.Server.Accounts;

/// <summary>Removes sessions that expired and sign-ups that nobody confirmed, and forgets wrong passwords that count no more.</summary>
internal sealed class AccountJanitor(
    Sessions sessions,
    SignInGuard guard,
    Confirmations confirmations,
    LoopServices services
) : PeriodicLoop(TimeSpan.FromHours(1), services)
{
    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await sessions.CleanAsync(cancellationToken);
        await guard.CleanAsync(cancellationToken);
        await confirmations.CleanAsync(cancellationToken);
    }
}
