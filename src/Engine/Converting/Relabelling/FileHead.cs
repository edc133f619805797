using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Decant.Engine.Converting.Relabelling;

/// <summary>Room before a file's first byte (fallocate(2), FALLOC_FL_INSERT_RANGE): ext4 and XFS move their map of the file, and no byte of it.</summary>
internal static class FileHead
{
    /// <summary>Bytes that room is made in: whole blocks of the file system.</summary>
    public const int Block = 4096;

    private const int InsertRange = 0x20;

    /// <param name="file">Open for writing.</param>
    /// <param name="length">Length in bytes, of whole blocks.</param>
    /// <returns>False where the file system refuses; then the file is as it was.</returns>
    public static bool TryInsert(SafeFileHandle file, long length) => Allocate(file, InsertRange, 0, length) == 0;

    [DllImport("libc", EntryPoint = "fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
