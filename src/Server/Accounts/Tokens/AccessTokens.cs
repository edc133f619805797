using System.Globalization;
using System.Security.Claims;
using System.Text;
using Decant.Server.Data;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Accounts.Tokens;

/// <summary>The JWTs that the server signs itself, and what they say.</summary>
internal sealed class AccessTokens
{
    /// <summary>Issuer and audience of our tokens, which are for this server alone.</summary>
    public const string Issuer = "decant";

    private const string SessionClaim = "sid";
    private const string StampClaim = "stamp";

    /// <summary>Handler of tokens that adds no times of its own: every time in a token is ours to say.</summary>
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly Lazy<SymmetricSecurityKey> _key;
    private readonly IOptions<JwtOptions> _options;
    private readonly TimeProvider _time;

    public AccessTokens(IOptions<JwtOptions> options, SharedSecrets secrets, TimeProvider time)
    {
        _options = options;
        _time = time;
        _key = new(() =>
            new SymmetricSecurityKey(
                string.IsNullOrEmpty(options.Value.SigningKey)
                    ? secrets.Tokens
                    : Encoding.UTF8.GetBytes(options.Value.SigningKey)
            )
        );
    }

    public TimeSpan Lifetime => _options.Value.AccessTokenLifetime;

    public string Sign(long accountId, string stamp, Guid sessionId)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Issuer,
                IssuedAt = now,
                Expires = now + Lifetime,
                Subject = new ClaimsIdentity([
                    new Claim(JwtRegisteredClaimNames.Sub, accountId.ToString(CultureInfo.InvariantCulture)),
                    new Claim(SessionClaim, sessionId.ToString("N")),
                    new Claim(StampClaim, stamp),
                ]),
                SigningCredentials = new SigningCredentials(_key.Value, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <returns>The token's claims; null unless this server signed it and it is still good.</returns>
    public async Task<TokenClaims?> ReadAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Issuer,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                IssuerSigningKey = _key.Value,
                LifetimeValidator = (from, until, _, _) => TokenTime.IsWithin(from, until, TimeSpan.Zero, _time),
            }
        );
        return
            result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && long.TryParse(jwt.Subject, out var accountId)
            && jwt.TryGetPayloadValue<string>(SessionClaim, out var session)
            && Guid.TryParseExact(session, "N", out var sessionId)
            && jwt.TryGetPayloadValue<string>(StampClaim, out var stamp)
            ? new TokenClaims(accountId, sessionId, stamp, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero))
            : null;
    }
}

/// <param name="AccountId">Account of the token.</param>
/// <param name="SessionId">The session it belongs to.</param>
/// <param name="Stamp">The account's stamp when it was signed.</param>
/// <param name="ExpiresAt">Expiry (UTC).</param>
internal sealed record TokenClaims(long AccountId, Guid SessionId, string Stamp, DateTimeOffset ExpiresAt);
