using System.Diagnostics;
using Decant.Lab;

namespace Decant.Engine.Tests.Lab;

/// <summary>The real extractor as a command, sent through the lab's proxy.</summary>
internal static class YtDlpCommand
{
    public static async Task<(string Output, string Errors)> RunAsync(LabInternet lab, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            [
                "-m",
                "yt_dlp",
                "--ignore-config",
                "--no-cache-dir",
                "--no-warnings",
                "--compat-options",
                "no-certifi",
                "--proxy",
                lab.Proxy.AbsoluteUri,
                .. arguments,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SSL_CERT_FILE"] = lab.CaFile;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output, await errors);
    }
}
