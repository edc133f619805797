using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class WaitingRoomTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task An_account_has_no_more_waiting_than_it_may_and_keeps_its_money()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>(
            "Jobs:Workers=1",
            "Jobs:MaxQueuedPerAccount=3"
        );
        var running = await server.StartAsync(
            new { url = server.Origin("media/small.mp4?rate=2000&head=100000&room") }
        );
        await server.WhenAsync(running, job => job.Text("stage") == "downloading");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index =>
                    server.PostAsync(
                        JobFlow.Download,
                        new { url = server.Origin($"media/small.mp4?rate=2000&head=100000&room{index}") }
                    )
                )
        );

        Assert.Equal(3, answers.Count(answer => answer.IsSuccessStatusCode));
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await refused.ReadProblemAsync(503, "overloaded");
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        using var other = await server.NewClientAsync();
        await other.StartAsync(new { url = server.Origin("media/small.mp4?room-other") });
        await server.AssertBooksBalanceAsync();
    }

    [Fact]
    public async Task All_accounts_together_have_no_more_waiting_than_may()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1", "Jobs:MaxQueued=1");

        var download = new { url = server.Origin("media/small.mp4?all") };
        var both = await server.PostAsync(
            "/api/v1/video/bulk-download",
            new { downloads = new[] { download, download } }
        );

        await both.ReadProblemAsync(503, "overloaded");
    }

    [Fact]
    public async Task Nothing_is_accepted_while_the_disk_is_nearly_full()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>($"Jobs:DiskReserve={long.MaxValue}");

        var answer = await server.PostAsync(JobFlow.Download, new { url = server.Origin("media/small.mp4?full") });

        var problem = await answer.ReadProblemAsync(503, "overloaded");
        Assert.Contains("disk", problem.Text("detail"), StringComparison.Ordinal);
        await server.AssertBooksBalanceAsync();
    }
}

public sealed class WaitingRoomOnSqlite : WaitingRoomTests<Sqlite>;

public sealed class WaitingRoomOnPostgres : WaitingRoomTests<Postgres>;
