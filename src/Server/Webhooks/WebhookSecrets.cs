using System.Security.Cryptography;
using System.Text;
using Decant.Server.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace Decant.Server.Webhooks;

/// <summary>The secrets that deliveries are signed with. Needed in clear for every signature, and so encrypted rather than hashed.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const int Shortest = 16;
    private const int Longest = 256;

    private readonly IDataProtector _protector = protection.CreateProtector("Decant.Webhooks.Secret");

    /// <returns>A new secret of 256 random bits.</returns>
    public static string Create() => "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads a secret that a client chose.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c>, which does not repeat the secret.</exception>
    public static string Read(string secret, string field) =>
        secret.Length is >= Shortest and <= Longest && secret.All(character => character is >= '!' and <= '~')
            ? secret
            : throw ApiException.Invalid(
                field,
                $"The {field} has {secret.Length} characters; {Shortest} to {Longest} visible ASCII characters are wanted."
            );

    /// <summary>Stored form, encrypted.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>The value of the signature's header: one for each secret in force, the newest first.</summary>
    public string Sign(IEnumerable<string> storedSecrets, long timestamp, string body) =>
        string.Join(',', storedSecrets.Select(stored => Sign(_protector.Unprotect(stored), timestamp, body)));

    private static string Sign(string secret, long timestamp, string body) =>
        "sha256="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"))
        );
}
