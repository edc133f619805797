using Decant.Server.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Accounts.External;

/// <summary>The tokens of the operator's issuer, and what they say.</summary>
internal sealed class ExternalTokens(
    IssuerKeys keys,
    IOptions<JwtOptions> options,
    PublicOrigin origin,
    TimeProvider time
)
{
    /// <summary>OpenID Connect Core 1.0, section 2.</summary>
    private const int LongestSubject = 255;

    /// <summary>Clocks of two houses are never quite the same.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures that only the issuer can make. With HMAC, its public key would do as a secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>
    /// Names by which a token is for this server: the operator's, and the address that a client names when it asks the issuer for a token
    /// for it (RFC 8707), as MCP clients do. Only the configured one: a request's own Host is whatever its sender likes, and with it a
    /// token for another server would be good here.
    /// </summary>
    private readonly string[] _audiences =
    [
        .. options.Value.Audience is { Length: > 0 } named ? (string[])[named] : [],
        .. origin.Configured is { } here ? (string[])[here, $"{here}/", $"{here}/mcp"] : [],
    ];

    /// <returns>Whom the issuer vouches for; null unless it signed this for us and it is still good.</returns>
    public async Task<ExternalClaims?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (!keys.IsSet || !Handler.CanReadToken(token))
        {
            return null;
        }

        var known = await keys.FindAsync(new JsonWebToken(token).Kid ?? "", cancellationToken);
        var result = await Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = known.Issuer,
                ValidAudiences = _audiences,
                ValidAlgorithms = Algorithms,
                IssuerSigningKeys = known.Keys,
                LifetimeValidator = (from, until, _, _) => TokenTime.IsWithin(from, until, Skew, time),
            }
        );
        return
            result
                is {
                    IsValid: true,
                    SecurityToken: JsonWebToken { Subject: { Length: > 0 and <= LongestSubject } subject } jwt
                }
            ? new ExternalClaims(
                known.Issuer,
                subject,
                TextOf(jwt, JwtRegisteredClaimNames.Email),
                jwt.TryGetPayloadValue<bool>("email_verified", out var isVerified) && isVerified,
                TextOf(jwt, JwtRegisteredClaimNames.Name)
            )
            : null;
    }

    /// <returns>Time (UTC) until which an accepted token is good here.</returns>
    public static DateTimeOffset EndOf(string token) =>
        new DateTimeOffset(new JsonWebToken(token).ValidTo, TimeSpan.Zero) + Skew;

    private static string? TextOf(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) ? text : null;
}

/// <param name="Issuer">Issuer of the token.</param>
/// <param name="Subject">Subject of the token, at its issuer.</param>
/// <param name="Email">E-mail address, as the issuer has it.</param>
/// <param name="IsEmailVerified">The issuer has verified the address.</param>
/// <param name="Name">The person's name.</param>
internal sealed record ExternalClaims(string Issuer, string Subject, string? Email, bool IsEmailVerified, string? Name);
