using System.Diagnostics;
using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task A_child_is_told_nothing_of_our_environment()
    {
        var lines = new List<string>();

        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/env", []) { OnLine = lines.Add },
            TestContext.Current.CancellationToken
        );

        Assert.Contains(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines,
            line =>
                line.StartsWith("DOTNET", StringComparison.Ordinal) || line.StartsWith("USER", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_child_says_and_how_it_ended_come_back()
    {
        var outcome = await Shell("echo oops >&2; exit 3");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal("oops", outcome.ErrorTail);
    }

    [Fact]
    public async Task Only_the_last_errors_are_kept()
    {
        var outcome = await Shell("for i in $(seq 1 500); do echo line $i >&2; done");

        Assert.Equal(ChildOutcome.MaxErrorLines, outcome.Errors.Count);
        Assert.Equal("line 500", outcome.Errors[^1]);
    }

    [Fact]
    public async Task Who_stands_back_does_so_within_its_session_and_with_all_of_it()
    {
        var lines = new List<string>();
        // The second is not there on a kernel that does not share the processor out among sessions.
        var script = "nice; [ ! -e /proc/self/autogroup ] && echo nice 10 || grep -o 'nice.*' /proc/self/autogroup";
        var command = new ChildCommand("/bin/sh", ["-c", script])
        {
            Niceness = ChildCommand.BehindRequests,
            OnLine = lines.Add,
        };

        await ChildProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal(["10", "nice 10"], lines);
    }

    [Fact]
    public async Task A_child_is_fed()
    {
        var lines = new List<string>();
        var command = new ChildCommand("/usr/bin/wc", ["-c"])
        {
            Input = async (stream, stop) => await stream.WriteAsync(new byte[300_000], stop),
            OnLine = lines.Add,
        };

        await ChildProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal(["300000"], lines);
    }

    [Fact]
    public async Task A_child_whose_reader_gave_up_is_ended_at_once()
    {
        var command = new ChildCommand("/usr/bin/yes", [])
        {
            Output = async stream =>
            {
                await stream.ReadExactlyAsync(new byte[100]);
                throw new InvalidDataException("enough");
            },
        };

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ChildProcess
                .RunAsync(command, TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)
        );

        Assert.Equal("enough", failure.Message);
    }

    [Fact]
    public async Task A_file_may_not_outgrow_its_limit()
    {
        var directory = Directory.CreateTempSubdirectory("decant-child-").FullName;
        try
        {
            var outcome = await ChildProcess.RunAsync(
                new ChildCommand("/usr/bin/dd", ["if=/dev/zero", "of=big", "bs=65536", "count=100"])
                {
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
    [InlineData("sleep 300 & echo $!; sleep 300")]
    // One that will not hear, and a grandchild that left its parent.
    [InlineData("trap '' TERM; (sleep 300 & echo $!); while :; do sleep 1; done")]
    public async Task Cancelling_ends_a_child_and_all_it_started_within_a_second(string script)
    {
        using var cancel = new CancellationTokenSource();
        var grandchild = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = ChildProcess.RunAsync(
            new ChildCommand("/bin/sh", ["-c", script]) { OnLine = line => grandchild.TrySetResult(int.Parse(line)) },
            cancel.Token
        );
        var started = await grandchild.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.False(IsRunning(started));
    }

    private static Task<ChildOutcome> Shell(string script) =>
        ChildProcess.RunAsync(new ChildCommand("/bin/sh", ["-c", script]), TestContext.Current.CancellationToken);

    private static bool IsRunning(int process)
    {
        var status = $"/proc/{process}/stat";
        // A zombie, state Z, has ended and waits for init to notice.
        return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
    }
}
