using System.Security.Cryptography;
using System.Text;
using Decant.Server.Data;

namespace Decant.Server.Files;

/// <summary>The secret that signs links, kept under the data directory for the owner's eyes alone, so that links outlive a restart.</summary>
internal sealed class LinkKey(DataDirectory directory)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(Path.Combine(directory.Root, "link.key")));

    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, BytesOf(text)));

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    public bool IsGenuine(string text, string? signature) =>
        CryptographicOperations.FixedTimeEquals(BytesOf(Sign(text)), BytesOf(signature ?? ""));

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            // Under another name first: a key cut short by a crash would be kept for ever.
            var making = path + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(making, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
                file.Flush(flushToDisk: true);
            }

            File.Move(making, path);
        }

        return File.ReadAllBytes(path);
    }

    private static byte[] BytesOf(string text) => Encoding.UTF8.GetBytes(text);
}
