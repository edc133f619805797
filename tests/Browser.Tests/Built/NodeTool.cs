using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>The npm tools of <c>web/</c>, which building the page installs.</summary>
internal static class NodeTool
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "web");

    /// <returns>Code with which it ended, and all that it wrote.</returns>
    public static Task<(int Code, string Said)> RunAsync(params string[] arguments) => RunOnAsync("node", arguments);

    /// <param name="node">The Node to use.</param>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<(int Code, string Said)> RunOnAsync(string node, params string[] arguments)
    {
        var start = new ProcessStartInfo(node, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["NO_COLOR"] = "1", ["CI"] = "true" },
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
