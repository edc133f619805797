using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

/// <summary>The npm tools of <c>tests/OpenApi</c>, which <c>./decant test</c> installs.</summary>
internal static class NpmTool
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OpenApi");

    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    public static string Packages => Path.Combine(Folder, "node_modules");

    /// <returns>Reason for which node or the packages cannot be used here; null where they can.</returns>
    public static Task<string?> MissingAsync() => Missing.Value;

    /// <summary>A directory to work in, with the folder's files and its packages. Without node or packages the test is skipped.</summary>
    public static async Task<DirectoryInfo> PrepareAsync()
    {
        var missing = await MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var directory = Directory.CreateTempSubdirectory("decant-openapi-");
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            File.Copy(file, Path.Combine(directory.FullName, Path.GetFileName(file)));
        }

        Directory.CreateSymbolicLink(
            Path.Combine(directory.FullName, "node_modules"),
            Path.Combine(Folder, "node_modules")
        );
        return directory;
    }

    private static async Task<string?> FindMissingAsync()
    {
        if (!Directory.Exists(Packages))
        {
            return "The npm packages of tests/OpenApi are not there: node 18 or npm is missing, or no registry answers; ./decant test says which.";
        }

        try
        {
            // Whether it starts at all: a sandbox or a small memory may forbid what a folder of packages promises.
            using var process = Process.Start(
                new ProcessStartInfo("node", ["--version"])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return
                process.ExitCode == 0 && int.TryParse(said.TrimStart('v').Split('.')[0], out var major) && major >= 18
                ? null
                : $"node does not start, or is older than 18: exit code {process.ExitCode}, '{said.Trim()}'.";
        }
        catch (System.ComponentModel.Win32Exception cannot)
        {
            return $"node cannot be started: {cannot.Message}.";
        }
    }

    /// <returns>What a script of a package, or one of ours, printed; a failure of it is a failure of the test.</returns>
    public static async Task<string> NodeAsync(DirectoryInfo directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var said = process.StandardOutput.ReadToEndAsync(cancellation);
        var complained = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}:\n{await said}\n{await complained}");
        return await said;
    }
}
