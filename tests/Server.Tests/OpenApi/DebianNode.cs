using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

/// <summary>Debian 12's Node 18, the oldest that is promised to do, unpacked beside the machine's own by <c>scripts/node18.sh</c>.</summary>
internal static class DebianNode
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "node18");
    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    public static string Program { get; } = Path.Combine(Folder, "bin", "node");

    /// <returns>Reason for which it cannot be had here; null where it can.</returns>
    public static Task<string?> MissingAsync() => Missing.Value;

    private static async Task<string?> FindMissingAsync()
    {
        if (File.Exists(Program) && (await RunAsync(Program, "--version")).Code == 0)
        {
            return null;
        }

        var (code, said) = await RunAsync(Path.Combine(Repository.Root, "scripts", "node18.sh"), Folder);
        return code == 0 ? null : $"Debian's Node 18 cannot be had here: {said.Trim()}";
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string argument)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, [argument])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
