using Decant.Server.Accounts.Browser;
using Decant.Server.Accounts.Keys;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Accounts.Trusted;
using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <summary>Finds the owner of a credential, and whether it is still good: by the database, each time.</summary>
internal sealed class CredentialCheck(KeyCheck keys, TokenCheck tokens, CookieCheck cookies, NetworkCheck networks)
{
    /// <exception cref="ApiException">As <see cref="KeyCheck"/>, <see cref="TokenCheck"/> and <see cref="CookieCheck"/> refuse.</exception>
    public Task<Caller> FindCallerAsync(Credential credential, CancellationToken cancellationToken) =>
        credential.Kind switch
        {
            CredentialKind.Cookie => cookies.FindCallerAsync(credential.Text, cancellationToken),
            CredentialKind.Network => networks.FindCallerAsync(cancellationToken),
            CredentialKind.Token => tokens.FindCallerAsync(credential.Text, cancellationToken),
            _ => keys.FindCallerAsync(credential.Text, cancellationToken),
        };
}
