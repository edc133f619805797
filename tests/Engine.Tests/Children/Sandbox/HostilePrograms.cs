using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Decant.Engine.Children;
using Decant.Engine.Probing;

namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>A program that has been taken over, compiled of <c>hostile.c</c>, and all that it would like to have.</summary>
public sealed class HostilePrograms : IAsyncLifetime
{
    private const string Secret = "DECANT_HOSTILE_SECRET";

    private readonly TcpListener _relay = new(IPAddress.Loopback, 0);
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);
    private readonly Socket _abstract = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket _datagrams = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _name = $"decant-hostile-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("decant-hostile-");

    /// <summary>What is tried, in the words of <c>docs/security.md</c>, and how <c>hostile.c</c> is told so.</summary>
    internal IReadOnlyList<(string Words, string Row, string Target)> Rows { get; private set; } = [];

    internal static string RepositoryRoot { get; } = FindRoot();

    private string Program => Path.Combine(_root.FullName, "hostile");

    private string Own => Path.Combine(_root.FullName, "own");

    private string Others => Path.Combine(_root.FullName, "other");

    private string Datagrams => Path.Combine(Others, "datagrams");

    public async ValueTask InitializeAsync()
    {
        await CompileAsync("-o", Program);
        Directory.CreateDirectory(Own);
        Directory.CreateDirectory(Others);
        _relay.Start();
        _other.Start();
        _abstract.Bind(new UnixDomainSocketEndPoint($"\0{_name}"));
        _abstract.Listen();
        _datagrams.Bind(new UnixDomainSocketEndPoint(Datagrams));
        var key = Path.Combine(Others, "key");
        var server = $"{Environment.ProcessId}";
        Environment.SetEnvironmentVariable(Secret, "x");
        Rows =
        [
            ("have a descriptor of somebody else's", "fd", ""),
            ("find the server's secrets in its environment", "en", Secret),
            ("read a file of another job, a key", "re", key),
            ("open it to others", "cm", key),
            ("give it another time", "da", key),
            ("give it an attribute", "ma", key),
            ("remove it", "rm", key),
            ("write elsewhere", "wr", Path.Combine(Others, "written")),
            ("make a link to it, for the server to follow", "sy", key),
            ("make a pipe, for the server to wait at", "fi", ""),
            ("make a directory that is shut to the server", "mk", ""),
            ("watch another directory", "wa", Others),
            ("make a program that starts as its owner", "su", Path.Combine(Own, "program")),
            ("read `/etc/shadow`", "re", "/etc/shadow"),
            ("read a device", "re", "/dev/full"),
            ("list the processes", "ls", "/proc"),
            ("read the server's environment in `/proc`", "re", $"/proc/{server}/environ"),
            ("read the server's command line in `/proc`", "op", $"/proc/{server}/cmdline"),
            ("read where its memory lies", "op", $"/proc/{server}/maps"),
            ("open its memory", "op", $"/proc/{server}/mem"),
            ("list what it has open", "ls", $"/proc/{server}/fd"),
            ("list its root directory", "ls", $"/proc/{server}/root"),
            ("read the server's memory", "vm", server),
            ("trace the server", "pt", server),
            ("signal the server", "ki", server),
            ("have a descriptor signal it", "ow", server),
            ("connect to the fork server's socket, or any abstract one", "ab", _name),
            ("connect to another loopback port", "tc", $"127.0.0.1:{PortOf(_other)}"),
            ("connect to an internal address", "tc", "10.0.0.1:80"),
            ("connect to an external address", "tc", "192.0.2.1:443"),
            ("connect by multipath TCP", "mp", $"127.0.0.1:{PortOf(_other)}"),
            ("send by UDP", "ud", "192.0.2.1:53"),
            ("send by UDP inwards", "ud", "10.0.0.1:53"),
            ("send to a socket by its path", "st", Datagrams),
            ("listen", "li", "0"),
            ("start a program", "ex", "/bin/true"),
            ("fork without end", "fo", "300"),
            ("have 20 GB of memory", "ea", "20000000000"),
            ("be root", "ro", ""),
            ("have a capability", "ca", ""),
            ("gain privileges by a program", "np", ""),
            ("make a namespace", "un", ""),
            ("mount", "mo", ""),
            ("count the processor's events", "pe", ""),
            ("use io_uring", "ur", ""),
            ("use a keyring", "ke", ""),
        ];
    }

    public ValueTask DisposeAsync()
    {
        _relay.Dispose();
        _other.Dispose();
        _abstract.Dispose();
        _datagrams.Dispose();
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Has everything tried.</summary>
    /// <param name="leftOut">Layers of the sandbox that are left out.</param>
    /// <param name="isLoadedAnew">Whether it is executed, in place of forked.</param>
    /// <returns>The words of what was refused.</returns>
    internal async Task<IReadOnlyList<string>> RefusedAsync(SandboxLayers leftOut, bool isLoadedAnew)
    {
        await WriteKeyAsync();
        foreach (var made in Directory.EnumerateDirectories(Own))
            Directory.Delete(made);
        var tried = await TryAsync(Rows.Select(row => (row.Row, row.Target)), leftOut, isLoadedAnew);
        Assert.Equal(Rows.Count, tried.Count);
        return
        [
            .. Rows.Zip(tried)
                .Where(row => row.Second.EndsWith(" refused", StringComparison.Ordinal))
                .Select(row => row.First.Words),
        ];
    }

    /// <summary>Has it try what it may do.</summary>
    internal Task<IReadOnlyList<string>> TryOwnAsync(bool isLoadedAnew) =>
        TryAsync(
            [
                ("wr", Path.Combine(Own, "made")),
                ("re", Path.Combine(Own, "made")),
                ("re", "/dev/urandom"),
                ("tc", $"127.0.0.1:{PortOf(_relay)}"),
            ],
            SandboxLayers.None,
            isLoadedAnew
        );

    /// <summary>A library with the same attempts.</summary>
    internal static Task CompileLibraryAsync(string path) => CompileAsync("-shared", "-fPIC", "-o", path);

    internal Task WriteKeyAsync() => File.WriteAllTextAsync(Path.Combine(Others, "key"), "secret");

    private static async Task CompileAsync(params string[] arguments)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "hostile.c");
        var compiler = new[] { "/usr/bin/cc", "/usr/bin/tcc" }.First(File.Exists);
        using var compiling = Process.Start(compiler, [.. arguments, source]);
        await compiling.WaitForExitAsync();
        Assert.Equal(0, compiling.ExitCode);
    }

    private async Task<IReadOnlyList<string>> TryAsync(
        IEnumerable<(string Row, string Target)> rows,
        SandboxLayers leftOut,
        bool isLoadedAnew
    )
    {
        var said = new List<string>();
        var options = new EngineOptions { Sandbox = new SandboxOptions { LeftOut = leftOut } };
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(Program, [.. rows.SelectMany(row => new[] { row.Row, row.Target })])
            {
                Access = FfmpegAccess.To(options, $"http://127.0.0.1:{PortOf(_relay)}/"),
                IsLoadedAnew = isLoadedAnew,
                WorkingDirectory = Own,
                OnLine = said.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return said;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Decant.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
