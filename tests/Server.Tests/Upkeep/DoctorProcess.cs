using System.Diagnostics;

namespace Decant.Server.Tests.Upkeep;

/// <summary><c>decant doctor</c> on a server's data directory.</summary>
internal static class DoctorProcess
{
    public static async Task<(int Code, string Output)> RunAsync(string dataDirectory)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "decant.dll"), "doctor", "--data", dataDirectory]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
