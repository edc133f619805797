namespace Decant.Engine;

/// <summary>
/// A directory of this process's own among the system's temporary ones, gone when it is disposed of. What a killed process left is
/// removed when the next makes one of the same kind: whoever lives holds a lock on a file in it, which the kernel lets go of with him.
/// </summary>
internal sealed class ScratchDirectory : IDisposable
{
    private const string LockName = ".lock";

    /// <summary>Age below which a directory is left alone: one that is being made is not locked yet.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);

    /// <summary>The same without a file to lock: older programs made none.</summary>
    private static readonly TimeSpan YouthOfUnlockable = TimeSpan.FromDays(1);

    private readonly FileStream _lock;

    private ScratchDirectory(string path)
    {
        Path = path;
        _lock = new FileStream(
            System.IO.Path.Combine(path, LockName),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None
        );
    }

    public string Path { get; }

    /// <param name="kind">Purpose, such as <c>extractor</c>; part of its name.</param>
    public static ScratchDirectory Create(string kind)
    {
        var prefix = $"decant-{kind}-";
        RemoveLeft(System.IO.Path.GetTempPath(), prefix);
        return new ScratchDirectory(Directory.CreateTempSubdirectory(prefix).FullName);
    }

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>Removes those that nobody living holds.</summary>
    internal static void RemoveLeft(string root, string prefix)
    {
        // File times are the system clock's, whatever clock the engine was given.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var left in new DirectoryInfo(root).EnumerateDirectories($"{prefix}*"))
        {
            // A link is a stranger's work.
            if (left.LinkTarget is null && left.LastWriteTimeUtc < now - Youth)
            {
                RemoveIfLeft(left, now);
            }
        }
    }

    private static void RemoveIfLeft(DirectoryInfo directory, DateTime now)
    {
        var held = new FileInfo(System.IO.Path.Combine(directory.FullName, LockName));
        try
        {
            if (!held.Exists && directory.LastWriteTimeUtc >= now - YouthOfUnlockable)
            {
                return;
            }

            using (held.Exists ? held.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null)
            {
                directory.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is held, or another user's, or another start was quicker.
        }
    }
}
