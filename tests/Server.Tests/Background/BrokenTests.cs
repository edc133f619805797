using System.Diagnostics;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Background;

public sealed class BrokenTests
{
    [Fact]
    public async Task A_lost_and_found_among_recordings_and_runs_stops_nothing()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>();
        Directory.CreateDirectory(Path.Combine(server.DataDirectory, "recordings", "lost+found"));
        Directory.CreateDirectory(Path.Combine(server.DataDirectory, "work", "lost+found"));

        await server.StartAsync();

        await server.CompletionOfAsync(await server.StartAsync(new { url = server.Origin("media/small.mp4?lost") }));
        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        Assert.Equal("ready", readiness.Text("status"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_deleted_holds_up_none_behind_it()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Keep:MaxBytes=0");
        var stuck = await CompleteAsync(server, "stuck");
        var behind = await CompleteAsync(server, "behind");
        using var hold = Undeletable.Make(FileOf(server, stuck));
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.ExpiresAt, DateTimeOffset.UnixEpoch));

        await Janitor(server).RunAsync(CancellationToken.None);

        Assert.Null(await db.Jobs.Where(job => job.Id == stuck).Select(job => job.FilesRemovedAt).SingleAsync());
        Assert.NotNull(await db.Jobs.Where(job => job.Id == behind).Select(job => job.FilesRemovedAt).SingleAsync());
    }

    [Fact]
    public async Task A_job_whose_file_cannot_be_deleted_can_and_the_janitor_deletes_the_file_later()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Keep:MaxBytes=0");
        var id = await CompleteAsync(server, "stuck");
        var path = FileOf(server, id);
        using (Undeletable.Make(path))
        {
            Assert.True((await server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).IsSuccessStatusCode);
            await Janitor(server).RunAsync(CancellationToken.None);
            Assert.True(File.Exists(path));
        }

        await Janitor(server).RunAsync(CancellationToken.None);

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Work_in_the_background_that_fails_is_named_by_readyz_without_its_secrets()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        server.Get<LoopTroubles>().Report("FileJanitor", "failed", new IOException("/var/lib/decant is full"));

        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();

        Assert.Equal("degraded", readiness.Text("status"));
        Assert.Empty(readiness["missing"]!.AsArray());
        Assert.Contains(readiness["parts"]!.AsArray(), part => part!.Text("name") == "background FileJanitor");
        Assert.DoesNotContain("/var/lib", readiness.ToJsonString(), StringComparison.Ordinal);
    }

    private static FileJanitor Janitor(DecantServer server) =>
        server.Services.GetServices<IHostedService>().OfType<FileJanitor>().Single();

    private static string FileOf(DecantServer server, long id) =>
        server.FilesIn("files").Single(path => Path.GetFileName(path).StartsWith($"{id}-", StringComparison.Ordinal));

    private static async Task<long> CompleteAsync(DecantServer server, string name)
    {
        var url = server.Origin($"media/small.mp4?{name}");
        return (await server.CompletionOfAsync(await server.StartAsync(new { url, format = "m4a" }))).Number("id");
    }

    /// <summary>A file that nobody can delete while it is held: root by an attribute, everybody else by the directory's mode.</summary>
    private sealed class Undeletable(string undo, string target) : IDisposable
    {
        public static Undeletable Make(string path)
        {
            var (command, undo, target) = Environment.IsPrivilegedProcess
                ? ("chattr +i", "chattr -i", path)
                : ("chmod a-w", "chmod u+w", Path.GetDirectoryName(path)!);
            Run(command, target);
            return new Undeletable(undo, target);
        }

        public void Dispose() => Run(undo, target);

        private static void Run(string command, string target)
        {
            var words = command.Split(' ');
            using var process = Process.Start(words[0], [words[1], target]);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
