using System.Runtime.InteropServices;

namespace Decant.Engine.Children;

/// <summary>Signals to everything a child started. <c>Process.Kill</c> with the tree misses what forked twice.</summary>
internal static class ProcessGroup
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Asks a running child and all it started to end.</summary>
    /// <param name="leader">The group's first process, made so by <c>setsid</c>.</param>
    public static void Ask(int leader) => Signal(leader, SigTerm, alone: true);

    /// <summary>Ends whatever is left of the group.</summary>
    /// <param name="leader">The group's first process.</param>
    /// <param name="alone">The leader still runs, perhaps before it made its group. Its number may be another's once it has ended.</param>
    public static void Kill(int leader, bool alone) => Signal(leader, SigKill, alone);

    private static void Signal(int leader, int signal, bool alone)
    {
        // ESRCH is no failure: the group has ended, or setsid has not run yet and there is one process.
        if (Send(-leader, signal) != 0 && alone)
            _ = Send(leader, signal);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
