using System.Diagnostics;
using System.Reflection;

namespace Decant.Cli.Tests.Script;

/// <summary>Runs pieces of the front door's script under <c>sh</c>.</summary>
internal static class Shell
{
    public static string Root { get; } =
        Path.GetFullPath(
            typeof(Shell)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(entry => entry.Key == "RepositoryRoot")
                .Value!
        );

    /// <summary>Runs <paramref name="script"/> with <c>scripts/machine.sh</c> read in.</summary>
    public static Task<ShellResult> MachineAsync(string script) =>
        RunAsync("sh", "-euc", $". '{Root}/scripts/machine.sh'\n{script}");

    public static async Task<ShellResult> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ShellResult(process.ExitCode, output.TrimEnd('\n'), (await error).TrimEnd('\n'));
    }
}

internal sealed record ShellResult(int Code, string Output, string Error);
