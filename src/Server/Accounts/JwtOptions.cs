using System.ComponentModel.DataAnnotations;
using System.Text;
using Decant.Server.Hosting;

namespace Decant.Server.Accounts;

/// <summary>Settings under <c>Jwt</c>.</summary>
internal sealed class JwtOptions : IValidatableObject
{
    /// <summary>HMAC-SHA256 wants as many bytes as it gives.</summary>
    private const int FewestBytes = 32;

    /// <summary>Signs access tokens; made and kept under the data directory where absent. Nodes that share a database want the same.</summary>
    [Secret]
    public string? SigningKey { get; init; }

    /// <summary>Lifetime of an access token.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Lifetime of a refresh token, and so of an unused session.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>An OpenID Connect issuer whose tokens are accepted as well, such as <c>https://login.example.org/realms/main</c>.</summary>
    public Uri? Authority { get; init; }

    /// <summary>Audience (<c>aud</c>) that the issuer's tokens must name. <c>PublicBaseUrl</c>, and that with <c>/mcp</c>, are accepted as well where it is set.</summary>
    public string? Audience { get; init; }

    /// <summary>Scopes that agents' clients are to ask the issuer for (<c>scopes_supported</c> of RFC 9728), such as <c>openid</c> and <c>email</c>; none leaves it to them.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>
    /// Whether somebody whom the issuer vouches for gets the account that has their verified e-mail address already. Only
    /// where the addresses of accounts can be trusted: not with open sign-up.
    /// </summary>
    public bool LinkByEmail { get; init; }

    /// <returns>Reason for which the address cannot be an issuer's; null where it can.</returns>
    public static string? FaultOf(Uri authority) =>
        authority.IsAbsoluteUri
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            ? null
            : $"'{authority}' is no https:// address; http:// is for this machine alone.";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(SigningKey) && Encoding.UTF8.GetByteCount(SigningKey) < FewestBytes)
        {
            yield return new($"wants at least {FewestBytes} bytes.", [nameof(SigningKey)]);
        }

        if (Authority is null)
        {
            yield break;
        }

        if (FaultOf(Authority) is { } fault)
        {
            yield return new(fault, [nameof(Authority)]);
        }

        if (string.IsNullOrEmpty(Audience))
        {
            yield return new(
                "an issuer signs tokens for many; say which audience means this server.",
                [nameof(Audience)]
            );
        }
    }
}
