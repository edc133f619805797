using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class OrderTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_job_that_a_restart_broke_off_goes_before_all_that_wait()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var files = new HeldFiles(server.Lab);
        var broken = await StartAsync(server, files.Hold("broken"));
        await server.WhenAsync(broken, job => job.Text("stage") == "downloading");
        var waiting = new List<long>();
        for (var number = 0; number < 4; number++)
        {
            waiting.Add(await StartAsync(server, server.Origin($"paced/600000/0/media/small.mp4?waits{number}")));
        }

        await server.RestartAsync();
        files.Release();

        var ended = await server.CompletionOfAsync(broken);
        foreach (var id in waiting)
        {
            var job = await server.CompletionOfAsync(id);
            Assert.True(Time(job, "started_at") >= Time(ended, "completed_at"), job.ToJsonString());
        }
    }

    [Fact]
    public async Task Long_jobs_of_one_account_leave_a_worker_to_the_next_and_its_own_third_job_goes_after()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=2");
        var files = new HeldFiles(server.Lab);
        var first = await StartAsync(server, files.Hold("long1"));
        await server.WhenAsync(first, job => job.Text("stage") == "downloading");
        var others = new[]
        {
            await StartAsync(server, files.Hold("long2")),
            await StartAsync(server, files.Hold("long3")),
        };
        using var other = await server.NewClientAsync();

        var id = await other.StartAsync(new { url = server.Origin("media/small.mp4?short"), format = "m4a" });
        await other.CompletionOfAsync(id);

        foreach (var own in others)
        {
            Assert.Null((await server.JobAsync(own))["started_at"]);
        }
        files.Release();
    }

    [Fact]
    public async Task A_recording_keeps_no_worker()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var recording = await server.StartAsync(
            new
            {
                url = new Uri(
                    server.Lab.PublicOrigin,
                    $"live/order-{typeof(TDatabase).Name.ToLowerInvariant()}/index.m3u8"
                ),
                format = "mp3",
            }
        );
        await server.WhenAsync(recording, job => (double?)job["recorded_seconds"] >= 1);

        await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?beside"), format = "m4a" })
        );

        Assert.Equal("recording", (await server.JobAsync(recording)).Text("stage"));
        await (await server.Http.PostAsync($"{JobFlow.Jobs}/{recording}/cancel", null)).ReadOkAsync();
        await server.CompletionOfAsync(recording);
    }

    private static Task<long> StartAsync(DecantServer server, string url) =>
        server.StartAsync(new { url, format = "m4a" });

    private static DateTimeOffset Time(JsonNode job, string name) => (DateTimeOffset)job[name]!;
}

[Long]
public sealed class OrderOnSqlite : OrderTests<Sqlite>;

public sealed class OrderOnPostgres : OrderTests<Postgres>;
