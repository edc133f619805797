using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Children;

/// <summary>A program that was loaded once and forks for every run. What is said to it stands in <c>forkserver/forkserver.c</c>.</summary>
internal sealed class ForkServer : IDisposable
{
    /// <summary>Time for a program to load: ten times what it takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int SecretLength = 32;

    private readonly Process _process;

    /// <summary>Forks at a time; connections are accepted for more than four times as many.</summary>
    private readonly SemaphoreSlim _beginning = new(16);
    private readonly byte[] _secret;
    private readonly TimeSpan _patience;
    private readonly Lock _gate = new();
    private long _lastToken;
    private int _runs;
    private bool _isRetired;
    private bool _isOver;

    private ForkServer(Process process, UnixDomainSocketEndPoint address, byte[] secret, TimeSpan patience)
    {
        _process = process;
        Address = address;
        _secret = secret;
        _patience = patience;
    }

    /// <summary>Path of the library, beside the program where a C compiler was there when it was built.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "forkserver.so");

    /// <summary>Address it listens at.</summary>
    public UnixDomainSocketEndPoint Address { get; }

    public int ProcessId => _process.Id;

    /// <param name="program">Path of the program.</param>
    /// <param name="patience">Time that it may take to answer; as long as it may take to load where it is not said.</param>
    /// <exception cref="IOException">It cannot be loaded once; the message says why.</exception>
    public static async Task<ForkServer> StartAsync(string program, TimeSpan? patience = null)
    {
        await EnsureLoadableAsync(program);
        var name = $"decant-forkserver-{Guid.NewGuid():N}";
        var process = await StartProcessAsync(program, name);
        try
        {
            var secret = RandomNumberGenerator.GetBytes(SecretLength);
            using var deadline = new CancellationTokenSource(Patience);
            await process.StandardInput.BaseStream.WriteAsync(secret, deadline.Token);
            await process.StandardInput.BaseStream.FlushAsync(deadline.Token);
            var word = await process.StandardOutput.ReadLineAsync(deadline.Token);
            return word == ""
                ? new ForkServer(process, new UnixDomainSocketEndPoint($"\0{name}"), secret, patience ?? Patience)
                : throw new IOException($"{program} does not take {Library} in");
        }
        catch (Exception failure)
        {
            End(process);
            if (failure is OperationCanceledException)
                throw new IOException($"{program} was not loaded within {Patience.TotalSeconds:0} seconds", failure);
            throw;
        }
    }

    /// <exception cref="IOException">It has ended, does not answer, or cannot make another child.</exception>
    public async Task<Child> ForkAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        lock (_gate)
            _runs++;
        var sockets = new List<Socket>();
        var user = command.Access is { } access ? RunUser.TryTake(access.Options) : null;
        using var deadline = new CancellationTokenSource(_patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await BeginAsync(sockets, Request(command, user), either.Token) is > 0 and var process
                ? new ForkedChild(process, sockets, Give, Abandon, _patience)
                : throw new IOException($"{command.Program} could not be forked");
        }
        catch (Exception failure)
        {
            sockets.ForEach(socket => socket.Dispose());
            Give();
            if (failure is SocketException)
                throw new IOException($"{command.Program} does not run any more", failure);
            if (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                Abandon();
                throw new IOException(
                    $"the loaded {command.Program} did not answer within {_patience.TotalSeconds:0} seconds",
                    failure
                );
            }
            throw;
        }

        void Give()
        {
            user?.Dispose();
            Leave();
        }
    }

    /// <returns>Null where the other end says nothing any more.</returns>
    public static async Task<int?> ReadNumberAsync(Socket socket, CancellationToken cancellationToken = default)
    {
        var number = new byte[sizeof(int)];
        var have = 0;
        try
        {
            while (have < number.Length)
            {
                var received = await socket.ReceiveAsync(number.AsMemory(have), cancellationToken);
                if (received == 0)
                    return null;
                have += received;
            }
        }
        catch (SocketException)
        {
            return null;
        }
        return BitConverter.ToInt32(number);
    }

    /// <summary>Ends the server when its last run has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isRetired)
                return;
            _isRetired = true;
            if (_runs > 0)
                return;
            EndOnce();
        }
    }

    private void Leave()
    {
        lock (_gate)
            if (--_runs == 0 && _isRetired)
                EndOnce();
    }

    private void EndOnce()
    {
        if (_isOver)
            return;
        _isOver = true;
        End(_process);
    }

    private static async Task EnsureLoadableAsync(string program)
    {
        if (!File.Exists(Library))
            throw new IOException($"{Library} is missing: it is built where there is a C compiler");
        // A script would hand the library to whatever reads it.
        var magic = new byte[4];
        try
        {
            await using var file = File.OpenRead(program);
            await file.ReadExactlyAsync(magic);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{program} cannot be read, and may be a script", failure);
        }
        if (!magic.SequenceEqual("\u007fELF"u8.ToArray()))
            throw new IOException($"{program} is a script");
    }

    private static async Task<Process> StartProcessAsync(string program, string name)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (key, value) in ChildEnvironment.Create("/"))
            start.Environment[key] = value;
        start.Environment["LD_PRELOAD"] = Library;
        // Now, once, and not in every run.
        start.Environment["LD_BIND_NOW"] = "1";
        start.Environment["FORKSERVER_SOCKET"] = name;
        try
        {
            return await ChildStarter.StartAsync(start);
        }
        catch (Win32Exception failure)
        {
            throw new IOException($"{program} cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>Closes the server's input, upon which it ends.</summary>
    private static void End(Process process)
    {
        process.StandardInput.Dispose();
        process.Dispose();
    }

    /// <summary>Ends it with all its runs, for it does not answer.</summary>
    private void Abandon()
    {
        lock (_gate)
            if (!_isOver)
                _process.Kill();
    }

    /// <returns>The run's process; 0 - errno where there is none, null where the server has ended.</returns>
    private async Task<int?> BeginAsync(List<Socket> sockets, byte[] request, CancellationToken cancellationToken)
    {
        await _beginning.WaitAsync(cancellationToken);
        try
        {
            await ConnectAsync(sockets, request, cancellationToken);
            return await ReadNumberAsync(sockets[0], cancellationToken);
        }
        finally
        {
            _beginning.Release();
        }
    }

    private async Task ConnectAsync(List<Socket> sockets, byte[] request, CancellationToken cancellationToken)
    {
        var token = BitConverter.GetBytes(Interlocked.Increment(ref _lastToken));
        for (var kind = 0; kind < 4; kind++)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            sockets.Add(socket);
            await socket.ConnectAsync(Address, cancellationToken);
            byte[] head = [.. _secret, .. token, .. BitConverter.GetBytes(kind), .. kind == 0 ? request : []];
            await SendAsync(socket, head, cancellationToken);
        }
    }

    private static byte[] Request(ChildCommand command, RunUser? user)
    {
        string[] texts =
        [
            .. SandboxTexts.Of(command, user),
            "-",
            Text(command.Arguments.Count + 1),
            command.Program,
            .. command.Arguments,
            .. ChildEnvironment.Create(command.WorkingDirectory).Select(one => $"{one.Key}={one.Value}"),
        ];
        if (texts.Any(text => text.Contains('\0')))
            throw new ArgumentException("A child's argument contains a NUL.", nameof(command));
        var body = Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => $"{text}\0")));
        return [.. BitConverter.GetBytes(body.Length), .. body];
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
