using System.Diagnostics;
using System.Globalization;
using Decant.Engine.Egress;

namespace Decant.Engine.Converting;

/// <summary>Runs a child in a session of its own, with a clean environment and bounded resources, and leaves none behind.</summary>
internal static class ChildProcess
{
    /// <summary>How long a child may take to tidy up when asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private const int MaxLineLength = 2000;

    /// <summary>Runs the child to its end. Cancelling stops it and everything it started before this returns.</summary>
    public static async Task<ChildOutcome> RunAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = await ChildStarter.StartAsync(Describe(command));
        using var stopInput = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = new Queue<string>();
        var reading = command.Output is { } output
            ? output(process.StandardOutput.BaseStream)
            : ReadAsync(process.StandardOutput, line => command.OnLine?.Invoke(line));
        var work = Task.WhenAll(reading, ReadAsync(process.StandardError, line => Keep(errors, line)));
        var input = WriteAsync(process, command.Input, stopInput.Token);
        try
        {
            var exit = process.WaitForExitAsync(cancellationToken);
            // A reader that gave up would leave the child writing for ever, and its errors open.
            await await Task.WhenAny(exit, reading);
            await exit;
            await work.WaitAsync(cancellationToken);
        }
        finally
        {
            await StopAsync(process);
            // The reader of the input is gone; whoever still writes is told so.
            await stopInput.CancelAsync();
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // A pipe that broke because the child wanted no more is the child's affair; its exit code tells.
        if (input is { IsFaulted: true, Exception.InnerException: not IOException })
            await input;
        return new ChildOutcome(process.ExitCode, [.. errors]);
    }

    private static ProcessStartInfo Describe(ChildCommand command)
    {
        // setsid: one signal reaches the child and all that it starts.
        // setpriv --pdeathsig: a killed server leaves no child behind.
        var start = new ProcessStartInfo("/usr/bin/setsid")
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Nothing of ours is the child's business: proxies, credentials, a configuration of ffmpeg's.
        start.Environment.Clear();
        foreach (var (name, value) in ChildEnvironment.Create(command.WorkingDirectory))
            start.Environment[name] = value;
        foreach (
            var argument in (string[])
                [
                    "/usr/bin/setpriv",
                    "--pdeathsig",
                    "KILL",
                    "/usr/bin/prlimit",
                    $"--as={Text(command.MaxMemory)}",
                    "--core=0",
                ]
        )
            start.ArgumentList.Add(argument);
        if (command.MaxFileSize is { } size)
            start.ArgumentList.Add($"--fsize={Text(size)}");
        foreach (
            var argument in (string[])
                [.. command.Niceness > 0 ? StandingBack(command.Niceness) : [], command.Program, .. command.Arguments]
        )
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>
    /// The kernel shares the processor out among sessions first (sched(7), autogroup), and niceness counts only within one. So
    /// the session that was just begun stands back as a whole, and its process as well where there are no such groups.
    /// </summary>
    private static string[] StandingBack(int niceness) =>
        [
            "/bin/sh",
            "-c",
            $"{{ echo {Text(niceness)} >/proc/self/autogroup; }} 2>/dev/null; exec /usr/bin/nice -n {Text(niceness)} \"$@\"",
            "sh",
        ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(line);
    }

    private static void Keep(Queue<string> errors, string line)
    {
        if (errors.Count == ChildOutcome.MaxErrorLines)
            errors.Dequeue();
        errors.Enqueue(line.Length > MaxLineLength ? line[..MaxLineLength] : line);
    }

    private static async Task WriteAsync(
        Process process,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellationToken
    )
    {
        await using var stream = process.StandardInput.BaseStream;
        if (input is not null)
            await input(stream, cancellationToken);
    }

    /// <summary>Asks the session to end, then makes it.</summary>
    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            ProcessGroup.Ask(process.Id);
            using var patience = new CancellationTokenSource(Grace);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // Whatever the first process left behind, too.
        ProcessGroup.Kill(process.Id, alone: !process.HasExited);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
