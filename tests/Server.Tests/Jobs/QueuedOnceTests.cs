using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

public abstract class QueuedOnceTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_job_that_several_queue_at_once_is_queued_once_and_nobody_is_refused()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        var queue = server.Get<JobQueue>();
        await queue.CloseAsync(CancellationToken.None);
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?once") });
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var accepted = QueuedJob.Of(await db.Jobs.SingleAsync(job => job.Id == id));
        await queue.AddAsync(accepted, place: 0, CancellationToken.None);
        // One that nobody has queued yet, so that they meet.
        var missing = accepted with
        {
            JobId = id + 1,
        };

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ => Task.Run(() => queue.AddAsync(missing, place: 0, CancellationToken.None)))
        );

        Assert.Equal(
            [id, id + 1],
            (await queue.GetLineAsync(isRecording: false, CancellationToken.None)).OfType<long>().Order()
        );
    }

    [Fact]
    public async Task A_job_that_is_queued_again_while_it_runs_keeps_its_run_and_its_accounts_room()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=6", "Jobs:MaxPerAccount=2");
        var files = new HeldFiles(server.Lab);
        var first = await StartAsync("first");
        await server.WhenAsync(first, IsDownloading);

        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var running = await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == first);
        await server.Get<JobHandOver>().TryHandOverAsync([running], TestContext.Current.CancellationToken);

        // The account's second place is free again as soon as the queue has seen that the first job runs already.
        var second = await StartAsync("second");
        await server.WhenAsync(second, IsDownloading);
        var third = await StartAsync("third");
        using var other = await server.NewClientAsync();
        await other.CompletionOfAsync(
            await other.StartAsync(new { url = server.Origin("media/small.mp4?beside"), format = "m4a" })
        );
        Assert.Contains(
            running.RunId!,
            await server.Get<JobQueue>().GetRunsAsync(TestContext.Current.CancellationToken)
        );
        Assert.Null((await server.JobAsync(third))["started_at"]);

        files.Release();
        foreach (var id in new[] { first, second, third })
        {
            Assert.Equal(1, (await server.CompletionOfAsync(id)).Number("attempts"));
        }

        Task<long> StartAsync(string name) => server.StartAsync(new { url = files.Hold(name), format = "m4a" });
    }

    private static bool IsDownloading(JsonNode job) => job.Text("stage") == "downloading";
}

public sealed class QueuedOnceOnSqlite : QueuedOnceTests<Sqlite>;

public sealed class QueuedOnceOnPostgres : QueuedOnceTests<Postgres>;
