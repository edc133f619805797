using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class ManyWatchersTests<TDatabase>(ITestOutputHelper output)
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_thousand_watch_on_one_node_and_all_see_the_end()
    {
        // The one that waits for the download has ended before, which a busy server notices later.
        await using var server = await DecantServer.PrepareAsync<TDatabase>(
            "Jobs:MaxStreamsPerAccount=1001",
            "Jobs:MaxStreamsPerAddress=1001"
        );
        using var process = await ServerProcess.StartAsync(server.Arguments);
        var id = await process.Http.StartAsync(
            new { url = server.Origin("media/small.mp4?rate=2000&head=100000&thousand") }
        );
        await process.Http.WhenAsync(id, job => job.Text("stage") == "downloading");
        var before = Figures.Of(process.Id);
        var took = Stopwatch.StartNew();

        var watchers = new Watching[1000];
        await Parallel.ForAsync(
            0,
            watchers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 20 },
            async (index, _) =>
                watchers[index] = await Watching.StartAsync(
                    process.Http,
                    index % 2 == 0 ? Watching.Events : $"{JobFlow.Jobs}/{id}/events"
                )
        );

        output.WriteLine($"before {before}; opened in {took.Elapsed.TotalSeconds:0.0} s {Figures.Of(process.Id)}");
        took.Restart();
        for (var times = 0; times < 5; times++)
        {
            await Task.WhenAll(watchers.Select(watcher => watcher.NextAsync()));
        }

        output.WriteLine($"five events each in {took.Elapsed.TotalSeconds:0.0} s {Figures.Of(process.Id)}");
        took.Restart();
        await (await process.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();
        await Task.WhenAll(watchers.Select(watcher => watcher.WhenAsync(job => job.Text("status") == "CANCELLED")));

        output.WriteLine($"the end in {took.Elapsed.TotalSeconds:0.00} s {Figures.Of(process.Id)}");
        foreach (var watcher in watchers)
        {
            await watcher.DisposeAsync();
        }
    }

    private sealed record Figures(long MiB, TimeSpan Cpu)
    {
        public static Figures Of(int process)
        {
            using var one = Process.GetProcessById(process);
            return new Figures(one.WorkingSet64 >> 20, one.TotalProcessorTime);
        }
    }
}

public sealed class ManyWatchersOnSqlite(ITestOutputHelper output) : ManyWatchersTests<Sqlite>(output);

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ManyWatchersOnPostgres(ITestOutputHelper output) : ManyWatchersTests<Postgres>(output);
