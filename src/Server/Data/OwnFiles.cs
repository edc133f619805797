using System.Runtime.InteropServices;

namespace Decant.Server.Data;

/// <summary>Modes of the files that this process and its children make: the owner's alone, 0600 in 0700 (umask(2)).</summary>
internal static class OwnFiles
{
    private const uint GroupAndOthers = 0x3F;
    private const UnixFileMode Everybodys = (UnixFileMode)0x1FF;
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static UnixFileMode? _mask;

    /// <summary>Closes what the process makes from now on to everybody else (umask); called once, by a server.</summary>
    public static void Close()
    {
        if (!OperatingSystem.IsWindows())
        {
            _mask = (UnixFileMode)SetMask(GroupAndOthers);
        }
    }

    /// <summary>Gives a file or directory the mode that the operator's own mask would have given it. For places outside the data directory, which the operator chose so that others read there.</summary>
    public static void OpenAsUsual(FileSystemInfo made)
    {
        if (!OperatingSystem.IsWindows() && _mask is { } mask)
        {
            made.UnixFileMode = (made is DirectoryInfo ? Everybodys : Everybodys & ~Executable) & ~mask;
        }
    }

    /// <summary>Makes a directory with the operator's own mask; one that is there stays as it is.</summary>
    public static DirectoryInfo CreateUsualDirectory(string path)
    {
        var isNew = !Directory.Exists(path);
        var directory = Directory.CreateDirectory(path);
        if (isNew)
        {
            OpenAsUsual(directory);
        }

        return directory;
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
