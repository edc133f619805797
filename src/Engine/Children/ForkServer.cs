using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress;

namespace Decant.Engine.Children;

/// <summary>A program that was loaded once and forks for every run. What is said to it stands in <c>forkserver/forkserver.c</c>.</summary>
internal sealed class ForkServer : IDisposable
{
    /// <summary>Ten times what loading takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    /// <summary>The four connections of a run come one after the other.</summary>
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Lock _gate = new();
    private long _lastToken;
    private int _runs;
    private bool _isRetired;

    private ForkServer(Process process, UnixDomainSocketEndPoint address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Beside the program where a C compiler was there when it was built.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "forkserver.so");

    /// <summary>Where it listens.</summary>
    public UnixDomainSocketEndPoint Address { get; }

    /// <param name="program">Path of the program.</param>
    /// <exception cref="IOException">It cannot be loaded once; the message says why.</exception>
    public static async Task<ForkServer> StartAsync(string program)
    {
        await EnsureLoadableAsync(program);
        var name = $"decant-forkserver-{Guid.NewGuid():N}";
        var process = await StartProcessAsync(program, name);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var word = await process.StandardOutput.ReadLineAsync(patience.Token);
            return word == ""
                ? new ForkServer(process, new UnixDomainSocketEndPoint($"\0{name}"))
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

    /// <exception cref="IOException">It has ended, or cannot make another child.</exception>
    public async Task<Child> ForkAsync(ChildCommand command)
    {
        lock (_gate)
            _runs++;
        var sockets = new List<Socket>();
        try
        {
            await ConnectAsync(sockets);
            await SendAsync(sockets[0], Request(command));
            return await ReadNumberAsync(sockets[0]) is > 0
                ? new ForkedChild(sockets, Leave)
                : throw new IOException($"{command.Program} could not be forked");
        }
        catch (Exception failure)
        {
            sockets.ForEach(socket => socket.Dispose());
            Leave();
            if (failure is SocketException)
                throw new IOException($"{command.Program} does not run any more", failure);
            throw;
        }
    }

    /// <returns>Null where the other end says nothing any more.</returns>
    public static async Task<int?> ReadNumberAsync(Socket socket)
    {
        var number = new byte[sizeof(int)];
        var have = 0;
        try
        {
            while (have < number.Length)
            {
                var received = await socket.ReceiveAsync(number.AsMemory(have));
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

    /// <summary>It ends when its last run has.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isRetired)
                return;
            _isRetired = true;
            if (_runs > 0)
                return;
        }
        End(_process);
    }

    private void Leave()
    {
        lock (_gate)
            if (--_runs > 0 || !_isRetired)
                return;
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

    /// <summary>It ends when its input does.</summary>
    private static void End(Process process)
    {
        process.StandardInput.Dispose();
        process.Dispose();
    }

    private async Task ConnectAsync(List<Socket> sockets)
    {
        await _connecting.WaitAsync();
        var token = BitConverter.GetBytes(++_lastToken);
        try
        {
            for (var i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                sockets.Add(socket);
                await socket.ConnectAsync(Address);
                await SendAsync(socket, token);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private static byte[] Request(ChildCommand command)
    {
        string[] texts =
        [
            Text(command.Niceness),
            Text(command.MaxMemory),
            Text(command.MaxFileSize ?? 0),
            command.WorkingDirectory,
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

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
