using Decant.Server.Accounts.Tokens;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>A credential of a request: an API key or a token.</summary>
/// <param name="Text">The key or the token itself: never to be logged.</param>
/// <param name="IsToken">A token by its form, else a key.</param>
internal sealed record Credential(string Text, bool IsToken)
{
    private const string Bearer = "Bearer ";

    /// <summary>An API key from <c>X-API-Key</c>, or a key or a token from <c>Authorization: Bearer</c>.</summary>
    /// <returns>Null where there is neither.</returns>
    public static Credential? Read(HttpRequest request)
    {
        if (request.Headers["X-API-Key"] is [{ Length: > 0 } key])
        {
            return new Credential(key, IsToken: false);
        }

        if (
            request.Headers.Authorization is not [{ } authorization]
            || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var text = authorization[Bearer.Length..].Trim();
        return new Credential(text, TokenCheck.IsToken(text));
    }

    public override string ToString() => nameof(Credential);
}
