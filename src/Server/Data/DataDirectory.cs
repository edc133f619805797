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
        if ((directory.UnixFileMode & ~OwnerAlone) == UnixFileMode.None)
        {
            return directory;
        }

        try
        {
            directory.UnixFileMode &= OwnerAlone;
            return directory;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(
                $"The data directory {path} is open to others, and belongs to another user: give it to the user that runs Decant, and close it (chmod 700).",
                exception
            );
        }
    }
}
