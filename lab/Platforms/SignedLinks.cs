using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Decant.Lab.Platforms;

/// <summary>Links to a CDN that end at a time and cannot be changed, as platforms hand them out.</summary>
internal sealed class SignedLinks(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public static TimeSpan Life { get; } = TimeSpan.FromHours(6);

    /// <param name="what">Text that the link is good for.</param>
    /// <returns>Unix seconds and the signature over both.</returns>
    public (long Expires, string Signature) Sign(string what, TimeSpan life)
    {
        var expires = time.GetUtcNow().Add(life).ToUnixTimeSeconds();
        return (expires, Signature(what, expires));
    }

    public bool IsGood(string what, string? expires, string? signature) =>
        long.TryParse(expires, CultureInfo.InvariantCulture, out var until)
        && until > time.GetUtcNow().ToUnixTimeSeconds()
        && signature == Signature(what, until);

    private string Signature(string what, long expires) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(
                _key,
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}|{expires}"))
            )
        );
}
