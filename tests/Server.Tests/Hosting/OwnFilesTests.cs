using System.Diagnostics;
using System.Runtime.Versioning;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Hosting;

/// <summary>The data directory as <c>decant serve</c> leaves it: 0700 and 0600, whatever it was before.</summary>
[SupportedOSPlatform("linux")]
public sealed class OwnFilesTests
{
    private const UnixFileMode Others = (UnixFileMode)0x3F;

    [Fact]
    public async Task What_is_in_a_data_directory_is_closed_to_others_what_was_open_and_what_is_new()
    {
        await using var before = await DecantServer.PrepareAsync<Sqlite>();
        var data = new DirectoryInfo(before.DataDirectory);
        // The fixture's, which all servers share.
        File.Delete(Path.Combine(data.FullName, "extractor"));
        // A directory of an older version, or out of a backup.
        var folder = data.CreateSubdirectory("files").CreateSubdirectory("07");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "7-0.mp4"), "a file");
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "link.key.old"), "a secret");
        var elsewhere = Directory.CreateTempSubdirectory("decant-test-");
        var target = Path.Combine(elsewhere.FullName, "not ours");
        await File.WriteAllTextAsync(target, "");
        File.CreateSymbolicLink(Path.Combine(data.FullName, "link"), target);
        foreach (var entry in data.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(data))
        {
            entry.UnixFileMode |= Others;
        }

        using (var server = await ServerProcess.StartAsync(before.Arguments))
        {
            var url = before.Origin("media/small.mp4?closed");
            await server.Http.CompletionOfAsync(await server.Http.StartAsync(new { url, format = "mp3" }));

            var open = data.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Append(data)
                .Where(entry => entry.LinkTarget is null && (entry.UnixFileMode & Others) != UnixFileMode.None)
                .Select(entry => $"{entry.FullName} {entry.UnixFileMode}");
            Assert.Empty(open);
            Assert.True(File.Exists(Path.Combine(data.FullName, "decant.db")));
            Assert.NotEqual(UnixFileMode.None, File.GetUnixFileMode(target) & Others);
        }

        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_another_users_and_open_stops_the_start_by_its_name()
    {
        // Nobody, who may do nothing with files of root's; the program has to be where he can read it.
        string[] asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
        var program = Path.Combine(AppContext.BaseDirectory, "decant.dll");
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && await SucceedsAsync([.. asNobody, "test", "-r", program]),
            "Root alone gives files away, and who they are given to has to find the program."
        );
        await using var before = await DecantServer.PrepareAsync<Sqlite>();
        var data = new DirectoryInfo(before.DataDirectory);
        var key = Path.Combine(data.CreateSubdirectory("files").FullName, "somebody's.mp4");
        await File.WriteAllTextAsync(key, "a file");
        Assert.True(await SucceedsAsync(["chown", "-R", "--no-dereference", "65534:65534", data.FullName]));
        Assert.True(await SucceedsAsync(["chown", "0:0", key]));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var named = new TaskCompletionSource<string>();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync(
                before.Arguments,
                log: line => _ = line.Contains(key, StringComparison.Ordinal) && named.TrySetResult(line),
                within: asNobody
            )
        );

        var line = await named.Task.WaitAsync(Quiet.Patience, TestContext.Current.CancellationToken);
        Assert.Contains("belongs to another user", line, StringComparison.Ordinal);
        Assert.Contains("chmod 600", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_the_operator_shares_with_other_programs_stays_readable_for_them()
    {
        var shared = Directory.CreateTempSubdirectory("decant-test-");
        File.SetUnixFileMode(shared.FullName, (UnixFileMode)0x1ED);
        await using var before = await DecantServer.PrepareAsync<Sqlite>($"Storage:Path={shared.FullName}");
        using (var server = await ServerProcess.StartAsync(before.Arguments))
        {
            var url = before.Origin("media/small.mp4?shared");
            await server.Http.CompletionOfAsync(await server.Http.StartAsync(new { url, format = "mp3" }));
        }

        var file = Assert.Single(shared.EnumerateFiles("*.mp3", SearchOption.AllDirectories));
        // As files of this test are: the mask is the one that the server was started with.
        await File.WriteAllTextAsync(Path.Combine(shared.FullName, "usual"), "");
        var usual = File.GetUnixFileMode(Path.Combine(shared.FullName, "usual"));
        Assert.Equal(usual, file.UnixFileMode);
        Assert.Equal(shared.UnixFileMode, file.Directory!.UnixFileMode);
        shared.Delete(recursive: true);
    }

    private static async Task<bool> SucceedsAsync(string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
