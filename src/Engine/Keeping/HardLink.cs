using System.Runtime.InteropServices;

namespace Decant.Engine.Keeping;

/// <summary>A second name for the same file (link(2)), which .NET has no call for.</summary>
internal static class HardLink
{
    /// <returns>False where the file system refuses: another disk, no such links, a name that is taken.</returns>
    public static bool TryCreate(string existing, string path) => Link(existing, path) == 0;

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path
    );
}
