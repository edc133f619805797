using System.Security.Cryptography;

namespace Decant.Server.Data;

/// <summary>A secret of the server's own, kept under the data directory for the owner's eyes alone.</summary>
internal static class SecretFile
{
    private const int Length = 32;

    /// <returns>256 bits; made on the first call, the same ever after.</returns>
    public static byte[] ReadOrMake(string path)
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
}
