using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

/// <summary>The npm tools of <c>tests/OpenApi</c>, which <c>./decant test</c> installs.</summary>
internal static class NpmTool
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OpenApi");

    /// <summary>A directory to work in, with the folder's files and its packages.</summary>
    public static DirectoryInfo Prepare()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The npm packages of tests/OpenApi are not there: node 18 or npm is missing, or no registry answers; ./decant test says which."
        );
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
