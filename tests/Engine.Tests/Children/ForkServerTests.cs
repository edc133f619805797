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
            Enumerable
                .Range(0, 20)
                .Select(_ => SayAsync(server, new ChildCommand(Shell, ["-c", "echo $PPID"]) { Access = null }))
        );

        Assert.Single(parents.Distinct());
        Assert.NotEqual($"{Environment.ProcessId}\n", parents[0]);
    }

    [Fact]
    public async Task A_run_has_its_own_three_streams_and_nothing_else_open()
    {
        using var server = await ForkServer.StartAsync(Shell);

        // The shell opens none of its own for a builtin; echo expands the folder's names.
        var open = await SayAsync(
            server,
            new ChildCommand(Shell, ["-c", "cd /proc/self/fd; echo *"]) { Access = null }
        );

        // 3 is the folder itself, while it is read.
        Assert.Equal("0 1 2 3\n", open);
    }

    [Fact]
    public async Task A_server_that_is_given_up_lives_until_its_last_run_has_ended()
    {
        var server = await ForkServer.StartAsync(Shell);
        var child = await server.ForkAsync(
            new ChildCommand(Shell, ["-c", "echo $PPID; read line; echo $line"]) { Access = null },
            Stop
        );
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
        using var child = await server.ForkAsync(
            new ChildCommand(Shell, ["-c", "echo $PPID $$; read line"]) { Access = null },
            Stop
        );
        using var reader = new StreamReader(child.Output);
        var ids = (await reader.ReadLineAsync(Stop))!.Split(' ').Select(int.Parse).ToList();

        Process.GetProcessById(ids[0]).Kill();

        Assert.Equal(128 + 9, await child.Ended.WaitAsync(Stop));
        Assert.Equal("", await reader.ReadToEndAsync(Stop));
        await Assert.ThrowsAsync<IOException>(() =>
            server.ForkAsync(new ChildCommand(Shell, []) { Access = null }, Stop)
        );
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_of_the_run()
    {
        using var server = await ForkServer.StartAsync(Shell);
        var command = new ChildCommand(Shell, ["-c", "echo here"]) { Access = null, WorkingDirectory = "/nowhere" };
        using var child = await server.ForkAsync(command, Stop);
        using var reader = new StreamReader(child.Errors);

        Assert.Equal("forkserver: /nowhere: No such file or directory", await reader.ReadLineAsync(Stop));
        Assert.Equal(70, await child.Ended.WaitAsync(Stop));
    }

    [Fact]
    public async Task More_words_than_it_takes_are_refused_and_the_next_run_is_as_good_as_any()
    {
        using var server = await ForkServer.StartAsync(Shell);

        await Assert.ThrowsAsync<IOException>(() =>
            server.ForkAsync(new ChildCommand(Shell, [.. Enumerable.Repeat("word", 5000)]) { Access = null }, Stop)
        );

        Assert.Equal("fine\n", await SayAsync(server, new ChildCommand(Shell, ["-c", "echo fine"]) { Access = null }));
    }

    [Fact]
    public async Task A_set_of_connections_that_was_never_completed_does_not_mix_with_the_next()
    {
        using var server = await ForkServer.StartAsync(Shell);
        await SayAsync(server, new ChildCommand(Shell, ["-c", "echo first"]) { Access = null });
        // As a client leaves it that ran out of descriptors, or died, half-way.
        using var half = await ConnectAsync(server);

        Assert.Equal(
            "second\n",
            await SayAsync(server, new ChildCommand(Shell, ["-c", "echo second"]) { Access = null })
        );
    }

    [Fact]
    public async Task Whoever_does_not_know_the_secret_is_let_go_also_from_its_own_parent()
    {
        using var server = await ForkServer.StartAsync(Shell);
        using var guess = await ConnectAsync(server);

        await guess.SendAsync(new byte[64], Stop);

        var failure = await Assert.ThrowsAsync<SocketException>(() =>
            guess.ReceiveAsync(new byte[1], Stop).AsTask().WaitAsync(Quiet.Patience, Stop)
        );
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Another_process_of_the_same_user_is_let_go_before_it_says_anything()
    {
        using var server = await ForkServer.StartAsync(Shell);
        const string Script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect("\0" + sys.argv[1])
            print(s.recv(1))
            """;
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            ["-c", Script, server.Address.ToString()!.TrimStart('@', '\0')]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        using var other = Process.Start(start)!;

        Assert.Equal("b''", await other.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(Quiet.Patience, Stop));
    }

    [Fact]
    public async Task Silent_connections_keep_it_neither_from_a_run_nor_from_burying_it()
    {
        using var server = await ForkServer.StartAsync(Shell);
        var silent = new List<Socket>();
        // More than it keeps.
        for (var i = 0; i < 100; i++)
            silent.Add(await ConnectAsync(server));

        using var child = await server
            .ForkAsync(new ChildCommand(Shell, ["-c", "exit 3"]) { Access = null }, Stop)
            .WaitAsync(Quiet.Patience, Stop);

        Assert.Equal(3, await child.Ended.WaitAsync(Quiet.Patience, Stop));
        silent.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task One_that_does_not_answer_is_ended_and_hangs_nobody()
    {
        using var server = await ForkServer.StartAsync(Shell, TimeSpan.FromSeconds(1));
        using var child = await server.ForkAsync(new ChildCommand(Shell, ["-c", "read line"]) { Access = null }, Stop);
        await SignalAsync("STOP", server);
        using var cancelled = new CancellationTokenSource();
        var waiting = server.ForkAsync(new ChildCommand(Shell, []) { Access = null }, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Quiet.Patience, Stop));
        await child.KillAsync().WaitAsync(Quiet.Patience, Stop);
        Assert.Equal(128 + 9, await child.Ended);
    }

    [Fact]
    public async Task A_run_that_it_does_not_begin_is_given_up()
    {
        using var server = await ForkServer.StartAsync(Shell, TimeSpan.FromSeconds(1));
        await SignalAsync("STOP", server);

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            server.ForkAsync(new ChildCommand(Shell, []) { Access = null }, Stop).WaitAsync(Quiet.Patience, Stop)
        );

        Assert.Contains("did not answer", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent/ffmpeg")]
    // A script: /usr/bin/ldd.
    [InlineData("/usr/bin/ldd")]
    public async Task What_cannot_be_loaded_once_is_executed_as_ever(string program)
    {
        await Assert.ThrowsAnyAsync<IOException>(() => ForkServer.StartAsync(program));

        var outcome = await ChildProcess.RunAsync(new ChildCommand(program, ["--version"]) { Access = null }, Stop);

        Assert.Equal(File.Exists(program), outcome.Succeeded);
        Assert.NotNull(ForkServers.Trouble(program));
    }

    private static async Task<Socket> ConnectAsync(ForkServer server)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(server.Address, Stop);
        return socket;
    }

    private static async Task SignalAsync(string signal, ForkServer server)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{server.ProcessId}"]);
        await kill.WaitForExitAsync(Stop);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> SayAsync(ForkServer server, ChildCommand command)
    {
        using var child = await server.ForkAsync(command, Stop);
        using var reader = new StreamReader(child.Output);
        return await reader.ReadToEndAsync(Stop);
    }
}
