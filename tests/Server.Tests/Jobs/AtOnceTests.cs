using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

public abstract class AtOnceTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Theory]
    [InlineData("Jobs:MaxPerAccount=2")]
    [InlineData("Jobs:MaxPerPlatform=2")]
    public async Task No_more_run_at_once_than_are_allowed_and_all_get_their_turn(string limit)
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=6", limit);
        var most = 0;
        using var over = new CancellationTokenSource();
        var counting = CountAsync(server, count => most = Math.Max(most, count), over.Token);

        var ids = new List<long>();
        for (var index = 0; index < 6; index++)
        {
            ids.Add(
                await server.StartAsync(
                    new { url = server.Origin($"paced/2000000/0/media/small.mp4?atonce{index}"), format = "mp4" }
                )
            );
        }

        foreach (var id in ids)
        {
            await server.CompletionOfAsync(id);
        }

        await over.CancelAsync();
        await counting;
        Assert.Equal(2, most);
    }

    private static async Task CountAsync(DecantServer server, Action<int> seen, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            do
            {
                await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync(over);
                seen(await db.Jobs.CountAsync(job => job.Status == JobStatus.Processing && job.RunId != null, over));
            } while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // All have had their turn.
        }
    }
}

public sealed class AtOnceOnSqlite : AtOnceTests<Sqlite>;

public sealed class AtOnceOnPostgres : AtOnceTests<Postgres>;
