using System.Diagnostics;
using System.Globalization;
using Decant.Server.Tests.Fixture;
using Microsoft.Win32.SafeHandles;

namespace Decant.Server.Tests.Jobs;

/// <summary>
/// A disk of few bytes under a server's data directory: a tmpfs in a mount namespace of the server's own, so that nothing is
/// left of it when the server ends, and no right is needed but that to make namespaces.
/// </summary>
internal sealed class SmallDisk(DecantServer server, long bytes)
{
    private string? _root;

    private string Ballast => Path.Combine(_root!, "ballast");

    /// <summary>How to start a program on it.</summary>
    public ProcessStartInfo Start(params IEnumerable<string> program) =>
        new(
            "unshare",
            [
                "--mount",
                .. Environment.IsPrivilegedProcess ? (string[])[] : ["--user", "--map-root-user"],
                "sh",
                "-c",
                "mount -t tmpfs -o size=$0 tmpfs \"$1\" && shift && exec \"$@\"",
                bytes.ToString(CultureInfo.InvariantCulture),
                server.DataDirectory,
                .. program,
            ]
        );

    /// <summary>Looks into the namespace of a process that lives in it.</summary>
    public void Find(int processId) => _root = $"/proc/{processId}/root{server.DataDirectory}";

    public void Fill(long leaving)
    {
        using SafeFileHandle taken = File.OpenHandle(
            Ballast,
            FileMode.CreateNew,
            FileAccess.Write,
            preallocationSize: new DriveInfo(_root!).AvailableFreeSpace - leaving
        );
    }

    public void MakeRoom() => File.Delete(Ballast);

    public IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(_root!, folder), "*", SearchOption.AllDirectories)];
}
