namespace Decant.Server.Data;

/// <summary>Where the server keeps everything. Locked while it runs: two servers on one directory would spoil each other's work.</summary>
internal sealed class DataDirectory : IDisposable
{
    public const string DatabaseName = "decant.db";

    private readonly FileStream _lock;

    /// <exception cref="IOException">The directory cannot be made, or another server has it.</exception>
    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        // Files of paying strangers and the hash of every key: nobody else's business.
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(Root)
            : Directory.CreateDirectory(
                Root,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
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
}
