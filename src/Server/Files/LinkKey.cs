using System.Security.Cryptography;
using System.Text;
using Decant.Server.Data;

namespace Decant.Server.Files;

/// <summary>The secret that signs links, kept under the data directory for the owner's eyes alone, so that links outlive a restart.</summary>
internal sealed class LinkKey(DataDirectory directory)
{
    private readonly Lazy<byte[]> _key = new(() => SecretFile.ReadOrMake(Path.Combine(directory.Root, "link.key")));

    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, BytesOf(text)));

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    public bool IsGenuine(string text, string? signature) =>
        CryptographicOperations.FixedTimeEquals(BytesOf(Sign(text)), BytesOf(signature ?? ""));

    private static byte[] BytesOf(string text) => Encoding.UTF8.GetBytes(text);
}
