using System.Net.Sockets;
using System.Text;
using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

/// <summary>The server as systemd starts it: a socket of datagrams stands for systemd, which says nothing back (<c>sd_notify(3)</c>).</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SystemdTests() => _systemd.Bind(new UnixDomainSocketEndPoint(NotifySocket));

    private string NotifySocket => Path.Combine(_folder.Path, "notify");

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Systemd_is_told_when_the_server_is_ready_that_it_lives_and_when_it_stops()
    {
        using var server = DecantProcess.StartScript(
            _folder.Path,
            // The id that systemd names is the one of the process it has started.
            """
            export NOTIFY_SOCKET="$PWD/notify" WATCHDOG_PID=$$ WATCHDOG_USEC=400000 Extractor__WarmUp=false
            exec "$DECANT" serve --urls http://127.0.0.1:0 --data data
            """
        );

        await ReceiveAsync("READY=1");
        await ReceiveAsync("WATCHDOG=1");
        await ReceiveAsync("WATCHDOG=1");
        await Shell.RunAsync("sh", "-c", $"kill -TERM {server.Id}");
        await ReceiveAsync("STOPPING=1");

        Assert.Equal(0, (await server.EndAsync()).Code);
    }

    private async Task ReceiveAsync(string notice)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var length = await _systemd.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains(notice))
            {
                return;
            }
        }
    }
}
