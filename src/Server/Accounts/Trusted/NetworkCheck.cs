using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Money;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Trusted;

/// <summary>Finds the account that people from trusted networks are.</summary>
internal sealed class NetworkCheck(DecantDb db, IOptions<AccountOptions> options)
{
    private static readonly HashSet<string> Everything = [Scopes.Everything];

    /// <exception cref="ApiException"><c>unauthenticated</c> where there is no such account; <c>forbidden</c> where it is disabled.</exception>
    public async Task<Caller> FindCallerAsync(CancellationToken cancellationToken)
    {
        var account =
            await db.FindOwnerAsync(options.Value.TrustedAs, cancellationToken)
            ?? throw new ApiException(
                ApiError.Unauthenticated,
                "The account of trusted networks does not exist (yet). Sign in, or send an API key."
            );
        return account.Disabled
            ? throw new ApiException(ApiError.Forbidden, "This account is disabled. Ask the operator of this server.")
            : new Caller(account.Id, ApiKeyId: null, Purse.Credits, account.IsAdministrator) { Scopes = Everything };
    }
}
