using System.Diagnostics;

namespace Decant.Browser.Tests.Fixture;

/// <summary>The same as a program of its own, begun as a stranger begins it: its first start makes a key and a link.</summary>
public sealed class KillableSite : Site
{
    private const string Link = "Sign in once";

    private Process? _process;

    /// <summary>Address that the first start printed, good once.</summary>
    public Uri SignInLink { get; private set; } = null!;

    public override async Task StartAsync()
    {
        string[] program = [Path.Combine(AppContext.BaseDirectory, "decant.dll"), "serve", .. Arguments];
        _process = Process.Start(
            new ProcessStartInfo("dotnet", program)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        // The greeting, with the key and the link, is on the other stream: that one is for whoever starts the server.
        _process.ErrorDataReceived += (_, said) =>
        {
            Console.Error.WriteLine(said.Data);
            Log.Read(said.Data ?? "");
        };
        _process.BeginErrorReadLine();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Link, StringComparison.Ordinal))
            {
                SignInLink = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);
            }

            // The greeting's last line: an example of a request.
            if (line.TrimStart().StartsWith("curl ", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("The server ended before it listened; its log is on standard error.");
    }

    /// <summary>As the kernel kills one that took too much memory: no last word, no tidying up.</summary>
    public override async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
