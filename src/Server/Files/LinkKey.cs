using System.Security.Cryptography;
using System.Text;
using Decant.Server.Data;

namespace Decant.Server.Files;

/// <summary>The signature of links, the same on all nodes and after a restart.</summary>
internal sealed class LinkKey(SharedSecrets secrets)
{
    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Links, BytesOf(text)));

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    public bool IsGenuine(string text, string? signature) =>
        CryptographicOperations.FixedTimeEquals(BytesOf(Sign(text)), BytesOf(signature ?? ""));

    private static byte[] BytesOf(string text) => Encoding.UTF8.GetBytes(text);
}
