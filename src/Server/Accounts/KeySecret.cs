using System.Security.Cryptography;
using System.Text;

namespace Decant.Server.Accounts;

/// <summary>An API key in clear: shown once, then only its hash is kept.</summary>
internal static class KeySecret
{
    private const string Mark = "ap_";

    /// <param name="mark">Prefix by which people and secret scanners recognise it.</param>
    /// <returns>A new key of 256 random bits.</returns>
    public static string Create(string mark = Mark) =>
        mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Beginning of a key, enough to recognise it by, and never half of one that an operator chose short.</summary>
    public static string Prefix(string key) => key[..Math.Min(Mark.Length + 6, key.Length / 2)];
}
