using System.Diagnostics;
using System.Net.Sockets;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Children;

public sealed class ForkServerTests
{
    private const string Shell = "/bin/sh";

    /// <summary>What is tested here and in <see cref="ChildProcessTests"/> is only there where a C compiler was.</summary>
    [Fact]
    public void It_was_built() => Assert.True(File.Exists(ForkServer.Library), ForkServer.Library);

    [Fact]
    public async Task Every_run_is_a_fork_of_the_one_process()
    {
        using var server = await ForkServer.StartAsync(Shell);

        var parents = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => SayAsync(server, new ChildCommand(Shell, ["-c", "echo $PPID"])))
        );

        Assert.Single(parents.Distinct());
        Assert.NotEqual($"{Environment.ProcessId}\n", parents[0]);
    }

    [Fact]
    public async Task A_run_has_its_own_three_streams_and_nothing_else_open()
    {
        using var server = await ForkServer.StartAsync(Shell);

        // The shell opens none of its own for a builtin; echo expands the folder's names.
        var open = await SayAsync(server, new ChildCommand(Shell, ["-c", "cd /proc/self/fd; echo *"]));

        // 3 is the folder itself, while it is read.
        Assert.Equal("0 1 2 3\n", open);
    }

    [Fact]
    public async Task A_server_that_is_given_up_lives_until_its_last_run_has_ended()
    {
        var server = await ForkServer.StartAsync(Shell);
        var child = await server.ForkAsync(new ChildCommand(Shell, ["-c", "echo $PPID; read line; echo $line"]));
        using var reader = new StreamReader(child.Output);
        var process = Process.GetProcessById(int.Parse((await reader.ReadLineAsync(Stop))!));

        server.Dispose();
        await child.Input.WriteAsync("still here\n"u8.ToArray(), Stop);

        Assert.Equal("still here", await reader.ReadLineAsync(Stop));
        Assert.Equal(0, await child.Ended.WaitAsync(Stop));
        child.Dispose();
        await process.WaitForExitAsync(Stop);
    }

    [Fact]
    public async Task A_server_that_is_killed_takes_its_runs_along_and_they_count_as_killed()
    {
        using var server = await ForkServer.StartAsync(Shell);
        using var child = await server.ForkAsync(new ChildCommand(Shell, ["-c", "echo $PPID $$; read line"]));
        using var reader = new StreamReader(child.Output);
        var ids = (await reader.ReadLineAsync(Stop))!.Split(' ').Select(int.Parse).ToList();

        Process.GetProcessById(ids[0]).Kill();

        Assert.Equal(128 + 9, await child.Ended.WaitAsync(Stop));
        Assert.Equal("", await reader.ReadToEndAsync(Stop));
        await Assert.ThrowsAsync<IOException>(() => server.ForkAsync(new ChildCommand(Shell, [])));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_of_the_run()
    {
        using var server = await ForkServer.StartAsync(Shell);
        var command = new ChildCommand(Shell, ["-c", "echo here"]) { WorkingDirectory = "/nowhere" };
        using var child = await server.ForkAsync(command);
        using var reader = new StreamReader(child.Errors);

        Assert.Equal("forkserver: /nowhere: No such file or directory", await reader.ReadLineAsync(Stop));
        Assert.Equal(70, await child.Ended.WaitAsync(Stop));
    }

    [Fact]
    public async Task More_words_than_it_takes_are_refused_and_the_next_run_is_as_good_as_any()
    {
        using var server = await ForkServer.StartAsync(Shell);

        await Assert.ThrowsAsync<IOException>(() =>
            server.ForkAsync(new ChildCommand(Shell, [.. Enumerable.Repeat("word", 5000)]))
        );

        Assert.Equal("fine\n", await SayAsync(server, new ChildCommand(Shell, ["-c", "echo fine"])));
    }

    [Fact]
    public async Task A_set_of_connections_that_was_never_completed_does_not_mix_with_the_next()
    {
        using var server = await ForkServer.StartAsync(Shell);
        await SayAsync(server, new ChildCommand(Shell, ["-c", "echo first"]));
        // As a client leaves it that ran out of descriptors, or died, half-way.
        using var half = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await half.ConnectAsync(server.Address, Stop);
        await half.SendAsync(BitConverter.GetBytes(long.MaxValue), Stop);

        Assert.Equal("second\n", await SayAsync(server, new ChildCommand(Shell, ["-c", "echo second"])));
        Assert.Equal(0, await half.ReceiveAsync(new byte[1], Stop));
    }

    [Theory]
    [InlineData("/nonexistent/ffmpeg")]
    // A script: /usr/bin/ldd.
    [InlineData("/usr/bin/ldd")]
    public async Task What_cannot_be_loaded_once_is_executed_as_ever(string program)
    {
        await Assert.ThrowsAnyAsync<IOException>(() => ForkServer.StartAsync(program));

        var outcome = await ChildProcess.RunAsync(new ChildCommand(program, ["--version"]), Stop);

        Assert.Equal(File.Exists(program), outcome.Succeeded);
        Assert.NotNull(ForkServers.Trouble(program));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> SayAsync(ForkServer server, ChildCommand command)
    {
        using var child = await server.ForkAsync(command);
        using var reader = new StreamReader(child.Output);
        return await reader.ReadToEndAsync(Stop);
    }
}
