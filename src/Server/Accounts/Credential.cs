using Decant.Server.Accounts.Tokens;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>A credential of a request: an API key, a token, or a session cookie.</summary>
/// <param name="Text">The secret itself: never to be logged.</param>
/// <param name="Kind">Kind of credential, by where it stands and by its form.</param>
internal sealed record Credential(string Text, CredentialKind Kind)
{
    private const string Bearer = "Bearer ";

    /// <summary>An API key from <c>X-API-Key</c>, a key or a token from <c>Authorization: Bearer</c>, or else the session cookie.</summary>
    /// <returns>Null where there is none.</returns>
    public static Credential? Read(HttpRequest request)
    {
        if (request.Headers["X-API-Key"] is [{ Length: > 0 } key])
        {
            return new Credential(key, CredentialKind.Key);
        }

        if (
            request.Headers.Authorization is [{ } authorization]
            && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        )
        {
            var text = authorization[Bearer.Length..].Trim();
            return new Credential(text, TokenCheck.IsToken(text) ? CredentialKind.Token : CredentialKind.Key);
        }

        return SessionCookie.Read(request) is { } secret ? new Credential(secret, CredentialKind.Cookie) : null;
    }

    /// <summary>The credential that the request's caller was established by.</summary>
    public static Credential? Of(HttpContext context) => context.Features.Get<Credential>();

    public override string ToString() => nameof(Credential);
}

internal enum CredentialKind
{
    Key,
    Token,
    Cookie,

    /// <summary>None: the network that the caller comes from is trusted.</summary>
    Network,
}
