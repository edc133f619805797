using Decant.Server.Tests.Fixture;

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
        using var over = new CancellationTokenSource();
        var counting = server.MostAtOnceAsync(over.Token);
        var files = new HeldFiles(server.Lab);

        var ids = new List<long>();
        for (var index = 0; index < 6; index++)
        {
            ids.Add(await server.StartAsync(new { url = files.Hold($"atonce{index}"), format = "mp4" }));
        }
        foreach (var first in ids[..2])
        {
            await server.WhenAsync(first, job => job.Text("stage") == "downloading");
        }
        files.Release();

        foreach (var id in ids)
        {
            await server.CompletionOfAsync(id);
        }

        await over.CancelAsync();
        var most = await counting;
        Assert.True(most.Count == 2, most.Which);
    }
}

public sealed class AtOnceOnSqlite : AtOnceTests<Sqlite>;

public sealed class AtOnceOnPostgres : AtOnceTests<Postgres>;
