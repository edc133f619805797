using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class QueuePositionTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_job_that_waits_says_how_many_go_before_it_whoever_sent_them()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        using var other = await server.NewClientAsync();
        var running = await StartSlowAsync(server);
        var second = await server.StartAsync(new { url = server.Origin("media/small.mp4?second"), format = "m4a" });
        var third = await server.StartAsync(new { url = server.Origin("media/small.mp4?third"), format = "m4a" });
        // Everybody's first comes before anybody's second.
        var others = await other.StartAsync(new { url = server.Origin("media/small.mp4?others"), format = "m4a" });

        Assert.Null((await server.JobAsync(running))["queue_position"]);
        await server.WhenAsync(second, job => Position(job) == 2);
        await server.WhenAsync(third, job => Position(job) == 3);
        await other.WhenAsync(others, job => Position(job) == 1);
        var list = await (await server.Http.GetAsync(JobFlow.Jobs)).ReadOkAsync();
        Assert.Equal([3, 2, null], list["items"]!.AsArray().Select(job => Position(job!)));

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{running}");

        foreach (var id in (long[])[second, third])
        {
            Assert.Null(Position(await server.CompletionOfAsync(id)));
        }
    }

    [Fact]
    public async Task Those_who_watch_are_told_when_they_move_up()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var running = await StartSlowAsync(server);
        var second = await StartSlowAsync(server, "second");
        var third = await server.StartAsync(new { url = server.Origin("media/small.mp4?third"), format = "m4a" });
        await using var all = await Watching.StartAsync(server.Http);
        await using var one = await Watching.StartAsync(server.Http, $"{JobFlow.Jobs}/{third}/events");
        foreach (var watching in (Watching[])[all, one])
        {
            await watching.WhenAsync(job => job.Number("id") == third && Position(job) == 2);
        }

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{running}");

        foreach (var watching in (Watching[])[all, one])
        {
            await watching.WhenAsync(job => job.Number("id") == third && Position(job) == 1);
        }

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{second}");
        foreach (var watching in (Watching[])[all, one])
        {
            var ended = await watching.WhenAsync(job => job.Number("id") == third && job.Text("status") == "COMPLETED");
            Assert.Null(Position(ended));
        }
    }

    [Fact]
    public async Task A_stranger_sees_the_place_too()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var running = await StartSlowAsync(server);
        var answers = await Strangers.BurstAsync(2, server);
        var paid = await server.StartAsync(new { url = server.Origin("media/small.mp4?pays"), format = "m4a" });
        await server.WhenAsync(paid, job => Position(job) == 1);

        var places = new List<int?>();
        foreach (var answer in answers)
        {
            var url = (await answer.ReadOkAsync())["job"]!.Text("status_url");
            places.Add(Position(await (await server.Public.GetAsync(url)).ReadOkAsync()));
        }

        Assert.Equal([2, 3], places.Order());
        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{running}");
        await server.CompletionOfAsync(paid);
    }

    private static int? Position(JsonNode job) => (int?)job["queue_position"];

    private static async Task<long> StartSlowAsync(DecantServer server, string name = "running")
    {
        // For far longer than anybody here waits: each is deleted.
        var id = await server.StartAsync(new { url = server.Origin($"media/small.mp4?rate=2000&head=100000&{name}") });
        if (name == "running")
        {
            await server.WhenAsync(id, job => job.Text("stage") == "downloading");
        }

        return id;
    }
}

public sealed class QueuePositionOnSqlite : QueuePositionTests<Sqlite>;

public sealed class QueuePositionOnPostgres : QueuePositionTests<Postgres>;
