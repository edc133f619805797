using System.Buffers.Text;
using System.Globalization;
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

    /// <summary>Standard Webhooks' mark of a secret whose rest is the key in base64.</summary>
    private const string Prefix = "whsec_";

    private readonly IDataProtector _protector = protection.CreateProtector("Decant.Webhooks.Secret");

    /// <returns>A new secret of 256 random bits.</returns>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads a secret that a client chose.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c>, which does not repeat the secret.</exception>
    public static string Read(string secret, string field)
    {
        if (secret.Length is < Shortest or > Longest || secret.Any(character => character is < '!' or > '~'))
        {
            throw ApiException.Invalid(
                field,
                $"The {field} has {secret.Length} characters; {Shortest} to {Longest} visible ASCII characters are wanted."
            );
        }

        return !secret.StartsWith(Prefix, StringComparison.Ordinal) || Base64.IsValid(secret.AsSpan(Prefix.Length))
            ? secret
            : throw ApiException.Invalid(
                field,
                $"The {field} begins with {Prefix}, and what follows is no base64. Write it as Standard Webhooks does, or without {Prefix}."
            );
    }

    /// <summary>Reads a token that another service gave.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c>, which does not repeat the token.</exception>
    public static string ReadToken(string token, string field) =>
        token.Length <= Longest && !token.Any(character => character is < '!' or > '~')
            ? token
            : throw ApiException.Invalid(
                field,
                $"The {field} is the token of the service: up to {Longest} visible ASCII characters."
            );

    /// <summary>Stored form, encrypted.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>A service's token in clear, for the request that needs it.</summary>
    public string Reveal(string storedSecret) => _protector.Unprotect(storedSecret);

    /// <summary>Value of <c>X-AudioPod-Signature</c>: one signature, since its verifiers read one.</summary>
    /// <param name="storedSecret">The newest secret, encrypted. Its text is the key, prefix included.</param>
    /// <param name="timestamp">Time of the attempt, in seconds since 1970.</param>
    /// <param name="body">Body as it is sent.</param>
    public string Sign(string storedSecret, long timestamp, string body) =>
        "sha256="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(_protector.Unprotect(storedSecret)),
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}"))
            )
        );

    /// <summary>Value of <c>webhook-signature</c> (Standard Webhooks 1.0): a signature for each secret in force, the newest first.</summary>
    /// <param name="storedSecrets">Encrypted.</param>
    /// <param name="id">Value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">Time of the attempt, in seconds since 1970.</param>
    /// <param name="body">Body as it is sent.</param>
    public string SignByStandard(IEnumerable<string> storedSecrets, Guid id, long timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"));
        return string.Join(
            ' ',
            storedSecrets.Select(stored =>
                "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(_protector.Unprotect(stored)), signed))
            )
        );
    }

    /// <summary>The bytes that a secret of Standard Webhooks stands for; a secret without its prefix is its own bytes.</summary>
    private static byte[] KeyOf(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) && Base64.IsValid(secret.AsSpan(Prefix.Length))
            ? Convert.FromBase64String(secret[Prefix.Length..])
            : Encoding.UTF8.GetBytes(secret);
}
