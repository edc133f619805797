using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Decant.Server.Tests.Fixture;

/// <summary>Ports for servers that must know theirs before they have it, or have it again after a restart.</summary>
internal static class Ports
{
    // Below those that Linux hands to whoever asks for any (net.ipv4.ip_local_port_range), and so not taken by another's connection meanwhile.
    private const int First = 20_000;
    private const int Behind = 32_000;

    /// <summary>Locks of the ports that this process has, which keep the tests of other processes off them.</summary>
    private static readonly ConcurrentBag<FileStream> Locks = [];

    static Ports() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var file in Locks)
            {
                file.Dispose();
            }
        };

    /// <returns>A port that nobody listens on, and that no other test takes for as long as this process lives.</returns>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Behind);
            if (TryLock(port) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool TryLock(int port)
    {
        try
        {
            Locks.Add(
                new FileStream(
                    Path.Combine(Path.GetTempPath(), $"decant-test-port-{port}"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                )
            );
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
