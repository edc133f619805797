using System.Diagnostics;
using System.Globalization;

namespace Decant.Cli.Tests.Running;

/// <summary>The program, run as a script would run it.</summary>
internal sealed class DecantProcess : IDisposable
{
    private readonly Process _process;

    private DecantProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Ids of the processes that it has started and that still run.</summary>
    public string[] Children() =>
        [
            .. Directory
                .GetDirectories($"/proc/{Id}/task")
                .SelectMany(thread =>
                    File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                ),
        ];

    public static DecantProcess Start(string folder, params string[] arguments) => Run(folder, [Program, .. arguments]);

    /// <param name="folder">Working directory.</param>
    /// <param name="script">Commands of a shell, for which <c>$DECANT</c> is the program.</param>
    public static DecantProcess StartScript(string folder, string script) =>
        Run(folder, [$"DECANT={Program}", "/bin/sh", "-c", script]);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "decant");

    private static DecantProcess Run(string folder, string[] command)
    {
        return new DecantProcess(
            Process.Start(
                // Whoever runs the tests in the background has told all their children to ignore a Ctrl-C.
                new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", .. command])
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!
        );
    }

    /// <summary>Waits until a process of this id, which may have ended long ago, has ended.</summary>
    public static async Task EndOfAsync(string id)
    {
        try
        {
            await Process
                .GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))
                .WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // There is none any more.
        }
    }

    public static async Task<ProcessEnd> RunAsync(string folder, params string[] arguments)
    {
        using var decant = Start(folder, arguments);
        return await decant.EndAsync();
    }

    /// <summary>Reads stderr up to a line that holds <paramref name="words"/>.</summary>
    public async Task ReadUntilAsync(string words)
    {
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The program ended without saying '{words}'.");
    }

    public async Task<ProcessEnd> EndAsync()
    {
        var error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProcessEnd(_process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}

internal sealed record ProcessEnd(int Code, string Output, string Error);
