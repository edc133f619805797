using System.Globalization;
using System.Security.Cryptography;

namespace Decant.Server.Storage;

/// <summary>Keys of stored files. Made of numbers alone: nothing of a title or a URL ever becomes part of a path.</summary>
internal static class StorageKey
{
    /// <summary>Name of the object that says which storage this is.</summary>
    public const string Identity = ".decant-storage";

    private const int Folders = 256;

    /// <summary>A key that no other content ever gets.</summary>
    public static string New(long jobId, string extension) =>
        $"{PrefixOf(jobId)}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{extension}";

    /// <summary>Folder of a job's files.</summary>
    public static string FolderOf(long jobId) => (jobId % Folders).ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>Beginning of the keys of a job, and of no other's.</summary>
    public static string PrefixOf(long jobId) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(jobId)}/{jobId}-");

    /// <returns>The job that a key belongs to; null for what is no key of ours.</returns>
    public static long? JobOf(string key) =>
        key.Split('/') is [_, var name]
        && name.IndexOf('-', StringComparison.Ordinal) is > 0 and var end
        && long.TryParse(name.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
