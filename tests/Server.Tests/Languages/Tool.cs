using System.Diagnostics;

namespace Decant.Server.Tests.Languages;

/// <summary>Programs that tests run.</summary>
internal static class Tool
{
    /// <returns>Output of the program; it must end well.</returns>
    public static async Task<string> RunAsync(DirectoryInfo directory, string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = directory.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
            }
        )!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)}:\n{await said}\n{await complained}"
        );
        return await said;
    }
}
