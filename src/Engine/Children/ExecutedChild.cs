using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Children;

/// <summary>A child whose program is loaded for it alone.</summary>
internal sealed class ExecutedChild : Child
{
    private readonly Process _process;

    /// <summary>Path of the launcher, beside the program where a C compiler was there when it was built.</summary>
    public static string Launcher { get; } = Path.Combine(AppContext.BaseDirectory, "decant-run");

    private ExecutedChild(Process process)
    {
        _process = process;
        Ended = EndedAsync();
    }

    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static async Task<ExecutedChild> StartAsync(ChildCommand command) =>
        new(await ChildStarter.StartAsync(Describe(command)));

    public override int Session => _process.Id;

    public override Stream Input => _process.StandardInput.BaseStream;

    public override Stream Output => _process.StandardOutput.BaseStream;

    public override Stream Errors => _process.StandardError.BaseStream;

    public override Task<int> Ended { get; }

    public override void Ask() => ProcessGroup.Ask(_process.Id);

    public override Task KillAsync()
    {
        ProcessGroup.Kill(_process.Id, alone: !_process.HasExited);
        return Ended;
    }

    public override void Dispose() => _process.Dispose();

    private async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private static ProcessStartInfo Describe(ChildCommand command)
    {
        var start = new ProcessStartInfo
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
        string[] words = File.Exists(Launcher) ? Launched(command) : Plain(command);
        start.FileName = words[0];
        foreach (var word in words[1..])
            start.ArgumentList.Add(word);
        return start;
    }

    private static string[] Launched(ChildCommand command) =>
        [Launcher, .. SandboxTexts.OfExecuted(command), "-", command.Program, .. command.Arguments];

    /// <summary>The command without our own launcher: no sandbox, and no privileges to gain.</summary>
    public static string[] Plain(ChildCommand command) =>
        [
            // setsid: one signal reaches the child and all that it starts.
            // setpriv --pdeathsig: a killed server leaves no child behind.
            "/usr/bin/setsid",
            "/usr/bin/setpriv",
            "--pdeathsig",
            "KILL",
            "--no-new-privs",
            "/usr/bin/prlimit",
            $"--as={Text(command.MaxMemory)}",
            $"--cpu={Text((long)command.MaxProcessorTime.TotalSeconds)}",
            $"--nofile={Text(SandboxTexts.MaxDescriptors)}",
            "--core=0",
            .. command.MaxFileSize is { } size ? (string[])[$"--fsize={Text(size)}"] : [],
            .. command.Niceness > 0 ? StandingBack(command.Niceness) : [],
            command.Program,
            .. command.Arguments,
        ];

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
}
