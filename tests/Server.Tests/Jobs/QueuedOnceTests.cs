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
}

public sealed class QueuedOnceOnSqlite : QueuedOnceTests<Sqlite>;

public sealed class QueuedOnceOnPostgres : QueuedOnceTests<Postgres>;
