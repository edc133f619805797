using Decant.Server.Accounts.Keys;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <summary>Whose credential it is, and whether it is still good: by the database, each time.</summary>
internal sealed class CredentialCheck(KeyCheck keys, TokenCheck tokens)
{
    /// <exception cref="ApiException">As <see cref="KeyCheck"/> and <see cref="TokenCheck"/> refuse.</exception>
    public Task<Caller> FindCallerAsync(Credential credential, CancellationToken cancellationToken) =>
        credential.IsToken
            ? tokens.FindCallerAsync(credential.Text, cancellationToken)
            : keys.FindCallerAsync(credential.Text, cancellationToken);
}
