using System.Runtime.InteropServices;

namespace Decant.Engine.Converting;

/// <summary>Signals to everything a child started. <c>Process.Kill</c> with the tree misses what forked twice.</summary>
internal static class ProcessGroup
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <param name="leader">The group's first process, made so by <c>setsid</c>.</param>
    /// <param name="signal">One of the above.</param>
    public static void Signal(int leader, int signal)
    {
        // ESRCH: it ended by itself meanwhile. ESRCH of the group alone: setsid has not run yet, so there is one process.
        if (Send(-leader, signal) != 0)
            _ = Send(leader, signal);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
