using System.Runtime.InteropServices;

namespace Decant.Server.Hosting;

/// <summary>Memory and environment of this process, which hold every secret there is.</summary>
internal static class OwnMemory
{
    private const int SetDumpable = 4;

    /// <summary>Keeps processes of the same user from reading them in <c>/proc</c> (prctl(2), <c>PR_SET_DUMPABLE</c>).</summary>
    public static void Shut() => _ = Control(SetDumpable, 0, 0, 0, 0);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
