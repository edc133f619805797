using System.Runtime.InteropServices;

namespace Decant.Engine.Keeping;

/// <summary>A second name for the same file (link(2)), which .NET has no call for.</summary>
internal static class HardLink
{
    /// <returns>False where the file system refuses: another disk, no such links, a name that is taken.</returns>
    public static bool TryCreate(string existing, string path) => Link(existing, path) == 0;

    /// <returns>False where the file has another name, or nobody says.</returns>
    public static bool IsOnlyName(string path)
    {
        // struct statx is the same on every machine: 256 bytes, the number of names after 16.
        Span<byte> facts = stackalloc byte[256];
        return Statx(CurrentDirectory, path, 0, NumberOfNames, ref MemoryMarshal.GetReference(facts)) == 0
            && BitConverter.ToUInt32(facts[16..]) == 1;
    }

    private const int CurrentDirectory = -100;
    private const uint NumberOfNames = 4;

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int directory,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        ref byte facts
    );

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path
    );
}
