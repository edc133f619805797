using System.Diagnostics;
using Decant.Engine.Children;
using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Tests.Children;

/// <summary>The same of a child whose program was loaded before it, and of one that loads it anew.</summary>
public sealed class ChildProcessTests
{
    public static TheoryData<bool> Ways { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_child_is_told_nothing_of_our_environment(bool isLoadedAnew)
    {
        var lines = new List<string>();

        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/env", [])
            {
                Access = null,
                IsLoadedAnew = isLoadedAnew,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );

        Assert.Contains(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines,
            line =>
                line.StartsWith("DOTNET", StringComparison.Ordinal) || line.StartsWith("USER", StringComparison.Ordinal)
        );
    }

    /// <summary>As on a machine without a C compiler.</summary>
    [Fact]
    public async Task Without_our_own_programs_a_child_gains_no_privileges_and_has_limits()
    {
        const string Script = "grep NoNewPrivs /proc/self/status; ulimit -t; ulimit -n; ulimit -c";
        var words = ExecutedChild.Plain(
            new ChildCommand("/bin/sh", ["-c", Script]) { Access = null, MaxProcessorTime = TimeSpan.FromSeconds(7) }
        );
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;

        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            "NoNewPrivs:\t1 7 512 0",
            string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_spins_is_ended_by_its_processor_time_and_says_so(bool isLoadedAnew)
    {
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand("/bin/sh", ["-c", "trap '' XCPU; while :; do :; done"])
            {
                Access = new ChildAccess(new SandboxOptions()),
                IsLoadedAnew = isLoadedAnew,
                MaxProcessorTime = TimeSpan.FromSeconds(1),
            },
            TestContext.Current.CancellationToken
        );

        // Nobody measured who was executed: it did not listen, and was killed.
        Assert.True(isLoadedAnew ? outcome.ExitCode == 128 + 9 : outcome.IsSpent, $"{outcome.ExitCode}");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_a_child_says_and_how_it_ended_come_back(bool isLoadedAnew)
    {
        var outcome = await Shell("echo oops >&2; exit 3", isLoadedAnew);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal("oops", outcome.ErrorTail);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Only_the_last_errors_are_kept(bool isLoadedAnew)
    {
        var outcome = await Shell("for i in $(seq 1 500); do echo line $i >&2; done", isLoadedAnew);

        Assert.Equal(ChildOutcome.MaxErrorLines, outcome.Errors.Count);
        Assert.Equal("line 500", outcome.Errors[^1]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_stands_back_does_so_within_its_session_and_with_all_of_it(bool isLoadedAnew)
    {
        var lines = new List<string>();
        // The second is not there on a kernel that does not share the processor out among sessions.
        var script = "nice; [ ! -e /proc/self/autogroup ] && echo nice 10 || grep -o 'nice.*' /proc/self/autogroup";
        var command = new ChildCommand("/bin/sh", ["-c", script])
        {
            Access = null,
            IsLoadedAnew = isLoadedAnew,
            Niceness = ChildCommand.BehindRequests,
            OnLine = lines.Add,
        };

        await ChildProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal(["10", "nice 10"], lines);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_child_is_fed(bool isLoadedAnew)
    {
        var lines = new List<string>();
        var command = new ChildCommand("/usr/bin/wc", ["-c"])
        {
            Access = null,
            IsLoadedAnew = isLoadedAnew,
            Input = async (stream, stop) => await stream.WriteAsync(new byte[300_000], stop),
            OnLine = lines.Add,
        };

        await ChildProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal(["300000"], lines);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_child_whose_reader_gave_up_is_ended_at_once(bool isLoadedAnew)
    {
        var command = new ChildCommand("/usr/bin/yes", [])
        {
            Access = null,
            IsLoadedAnew = isLoadedAnew,
            Output = async stream =>
            {
                await stream.ReadExactlyAsync(new byte[100]);
                throw new InvalidDataException("enough");
            },
        };

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ChildProcess
                .RunAsync(command, TestContext.Current.CancellationToken)
                .WaitAsync(Quiet.Patience, TestContext.Current.CancellationToken)
        );

        Assert.Equal("enough", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_file_may_not_outgrow_its_limit(bool isLoadedAnew)
    {
        var directory = Directory.CreateTempSubdirectory("decant-child-").FullName;
        try
        {
            var outcome = await ChildProcess.RunAsync(
                new ChildCommand("/usr/bin/dd", ["if=/dev/zero", "of=big", "bs=65536", "count=100"])
                {
                    Access = null,
                    IsLoadedAnew = isLoadedAnew,
                    WorkingDirectory = directory,
                    MaxFileSize = 100_000,
                },
                TestContext.Current.CancellationToken
            );

            Assert.False(outcome.Succeeded);
            Assert.Equal(100_000, new FileInfo(Path.Combine(directory, "big")).Length);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_a_child_leaves_behind_ends_with_it(bool isLoadedAnew)
    {
        var lines = new List<string>();

        // Deaf to all but what cannot be ignored, and with none of our pipes.
        await ChildProcess.RunAsync(
            new ChildCommand("/bin/sh", ["-c", "trap '' HUP TERM; sleep 300 >&- 2>&- <&- & echo $!"])
            {
                Access = null,
                IsLoadedAnew = isLoadedAnew,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );

        await EndOfAsync(int.Parse(Assert.Single(lines)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_signal_that_ended_a_child_is_told_as_a_shell_tells_it(bool isLoadedAnew) =>
        Assert.Equal(128 + 6, (await Shell("kill -ABRT $$", isLoadedAnew)).ExitCode);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Words_reach_a_child_as_they_are(bool isLoadedAnew)
    {
        var lines = new List<string>();
        string[] words = ["", "two words", "täglich 毎日", "$HOME", "a\nb"];

        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/printf", ["[%s]\n", .. words])
            {
                Access = null,
                IsLoadedAnew = isLoadedAnew,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(string.Join('\n', words.Select(word => $"[{word}]")), string.Join('\n', lines));
    }

    [Theory]
    [InlineData("sleep 300 & echo $!; sleep 300", false)]
    [InlineData("sleep 300 & echo $!; sleep 300", true)]
    // One that will not hear, and a grandchild that left its parent.
    [InlineData("trap '' TERM; (sleep 300 & echo $!); while :; do sleep 1; done", false)]
    [InlineData("trap '' TERM; (sleep 300 & echo $!); while :; do sleep 1; done", true)]
    public async Task Cancelling_ends_a_child_and_all_it_started_within_a_second(string script, bool isLoadedAnew)
    {
        using var cancel = new CancellationTokenSource();
        var grandchild = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = ChildProcess.RunAsync(
            new ChildCommand("/bin/sh", ["-c", script])
            {
                Access = null,
                IsLoadedAnew = isLoadedAnew,
                OnLine = line => grandchild.TrySetResult(int.Parse(line)),
            },
            cancel.Token
        );
        var started = await grandchild.Task.WaitAsync(Quiet.Patience, TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(1)));
        await EndOfAsync(started);
    }

    private static Task<ChildOutcome> Shell(string script, bool isLoadedAnew) =>
        ChildProcess.RunAsync(
            new ChildCommand("/bin/sh", ["-c", script]) { Access = null, IsLoadedAnew = isLoadedAnew },
            TestContext.Current.CancellationToken
        );

    private static async Task EndOfAsync(int process)
    {
        try
        {
            await Process.GetProcessById(process).WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // There is no such process any more.
        }
    }
}
