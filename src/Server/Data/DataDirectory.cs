using System.Runtime.Versioning;

namespace Decant.Server.Data;

/// <summary>Directory of everything the server keeps. Locked while it runs: two servers on one directory would spoil each other's work.</summary>
internal sealed class DataDirectory : IDisposable
{
    public const string DatabaseName = "decant.db";

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    /// <exception cref="IOException">The directory cannot be made, or another server has it.</exception>
    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(Root) : CreateForOwner(Root);
        try
        {
            _lock = new FileStream(
                Path.Combine(Root, ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The data directory {Root} is in use by another Decant, or not writable: choose another with --data, or stop that one.",
                exception
            );
        }

        if (!OperatingSystem.IsWindows())
        {
            CloseWhatIsThere(Root);
        }
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    public string Database => Path.Combine(Root, DatabaseName);

    /// <returns>The absolute path of a directory under the root, which now exists.</returns>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => _lock.Dispose();

    /// <summary>Files of paying strangers and the hash of every key: nobody else's business, also where the directory was there before.</summary>
    [UnsupportedOSPlatform("windows")]
    private static DirectoryInfo CreateForOwner(string path)
    {
        var directory = Directory.CreateDirectory(path, OwnerAlone);
        CloseToOthers(directory);
        return directory;
    }

    /// <summary>Closes what an older version, a backup or a copy left open. New files are the owner's alone by the process's mask.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void CloseWhatIsThere(string root)
    {
        // A link's mode says nothing, and what it leads to is not ours to change.
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", all))
        {
            CloseToOthers(entry);
        }
    }

    /// <exception cref="IOException">It is another user's, by its name.</exception>
    [UnsupportedOSPlatform("windows")]
    private static void CloseToOthers(FileSystemInfo entry)
    {
        if ((entry.UnixFileMode & ~OwnerAlone) == UnixFileMode.None)
        {
            return;
        }

        try
        {
            entry.UnixFileMode &= OwnerAlone;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(
                $"{entry.FullName} in the data directory is open to others, and belongs to another user: give it to the user that runs Decant, and close it (chmod {(entry is DirectoryInfo ? "700" : "600")}).",
                exception
            );
        }
    }
}
