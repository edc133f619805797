using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Trusted;

/// <summary>Says at the start, as a warning, who is let in without signing in.</summary>
internal sealed partial class TrustedNetworksStep(
    IDbContextFactory<DecantDb> databases,
    IOptions<AccountOptions> options,
    ILogger<TrustedNetworksStep> logger
) : StartStep
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.TrustedNetworks.Length == 0)
        {
            return;
        }

        var networks = string.Join(", ", options.Value.TrustedNetworks);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.FindOwnerAsync(options.Value.TrustedAs, cancellationToken) is { } account)
        {
            LogTrust(networks, account.Email, account.IsAdministrator ? "an administrator" : "a user");
        }
        else
        {
            LogNobody(networks, options.Value.TrustedAs);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "WITHOUT SIGNING IN, everybody from {Networks} is {Account}, {Role} (Accounts__TrustedNetworks). A reverse proxy there that adds no X-Forwarded-For lets everybody in"
    )]
    private partial void LogTrust(string networks, string account, string role);

    [LoggerMessage(
        LogLevel.Warning,
        "Accounts__TrustedNetworks names {Networks}, but there is no account {Account} (Accounts__TrustedAs): everybody signs in until there is"
    )]
    private partial void LogNobody(string networks, string? account);
}
