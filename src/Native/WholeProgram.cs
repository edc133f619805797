using System.Runtime.InteropServices;
using Decant.Cli;

namespace Decant.Native;

/// <summary>The program with all its commands, which stands beside this one and takes over its process (execve(2)).</summary>
internal static class WholeProgram
{
    private const string Name = "decant-whole";

    /// <returns>Only where it cannot be started: an exit code.</returns>
    public static int Become(string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Name);
        // Arguments begin with the program's own name, and the list ends with a null.
        _ = Execute(path, [path, .. arguments, null]);
        var reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError());
        Console.Error.WriteLine($"decant: '{path}', which has all other commands, cannot be started: {reason}");
        return ExitCode.MachineLacksSomething;
    }

    [DllImport("libc", EntryPoint = "execv", CharSet = CharSet.Ansi, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string path, string?[] arguments);
}
