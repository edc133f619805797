using System.Net.Http.Headers;

namespace Decant.Client;

/// <summary>A credential: an API key or a token. It is sent to the server alone, never with a signed link.</summary>
public sealed class DecantCredential
{
    private readonly Action<HttpRequestHeaders> _apply;

    private DecantCredential(Action<HttpRequestHeaders> apply) => _apply = apply;

    /// <summary>An API key (<c>ap_…</c>). What it starts is paid from the API wallet.</summary>
    /// <param name="key">The key, as it was shown once.</param>
    public static DecantCredential ApiKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new DecantCredential(headers => headers.Add("X-API-Key", key));
    }

    /// <summary>An access token of a sign-in. What it starts is paid from the account's credits.</summary>
    /// <param name="token">The <c>access_token</c>.</param>
    public static DecantCredential AccessToken(string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new DecantCredential(headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
    }

    internal void ApplyTo(HttpRequestHeaders headers) => _apply(headers);
}
