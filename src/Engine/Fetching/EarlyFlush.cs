using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Decant.Engine.Fetching;

/// <summary>A file's bytes on their way to the disk before anybody waits for that (sync_file_range(2)). A hint, whose failure costs nothing.</summary>
internal static class EarlyFlush
{
    /// <summary>Bytes between two hints.</summary>
    public const long Step = 16 << 20;

    private const uint Write = 2;

    /// <summary>Begins to write all that is not on the disk yet, and waits for none of it.</summary>
    public static void Begin(SafeFileHandle file) => _ = SyncFileRange(file, 0, 0, Write);

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
