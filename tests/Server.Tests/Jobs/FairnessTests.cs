using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class FairnessTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_batch_of_one_account_does_not_keep_another_waiting()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var batch = await (
            await server.PostAsync(
                "/api/v1/video/bulk-download",
                new
                {
                    downloads = Enumerable
                        .Range(0, 8)
                        .Select(index => new
                        {
                            url = server.Origin($"paced/3000000/0/media/small.mp4?batch{index}"),
                            format = "m4a",
                        }),
                }
            )
        ).ReadOkAsync();
        using var other = await server.NewClientAsync();

        var id = await other.StartAsync(new { url = server.Origin("media/small.mp4?alone"), format = "m4a" });
        await other.CompletionOfAsync(id);

        var waiting = batch["jobs"]!.AsArray().Select(job => job!.Number("id")).ToList();
        var statuses = await Task.WhenAll(waiting.Select(job => server.JobAsync(job)));
        Assert.InRange(statuses.Count(job => job.Text("status") == "PROCESSING"), 4, 7);
        foreach (var job in waiting)
        {
            await server.CompletionOfAsync(job);
        }
    }

    [Fact]
    public async Task Strangers_never_have_all_workers()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=2");
        var files = new HeldFiles(server.Lab);
        var strangers = await SendStrangersAsync(server, files);

        await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?pays"), format = "m4a" })
        );

        Assert.Equal(2, await CountWaitingAsync(server, strangers));
        files.Release();
    }

    [Fact]
    public async Task Who_pays_goes_before_strangers_who_came_earlier()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var files = new HeldFiles(server.Lab);
        var first = await server.StartAsync(new { url = files.Hold("first") });
        await server.WhenAsync(first, job => job.Text("stage") == "downloading");
        var strangers = await SendStrangersAsync(server, files);
        var paid = await server.StartAsync(new { url = server.Origin("media/small.mp4?goes-before"), format = "m4a" });

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{first}");

        await server.CompletionOfAsync(paid);
        Assert.InRange(await CountWaitingAsync(server, strangers), 2, 3);
        files.Release();
    }

    [Fact]
    public async Task A_burst_of_strangers_does_not_fill_the_queue_and_who_pays_still_goes_first()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1", "Jobs:MaxPublicQueued=3");
        var files = new HeldFiles(server.Lab);
        var first = await server.StartAsync(new { url = files.Hold("filling") });
        await server.WhenAsync(first, job => job.Text("stage") == "downloading");

        var answers = await Strangers.BurstAsync(12, server);

        var accepted = new List<Uri>();
        foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
        {
            accepted.Add(new Uri((await answer.ReadOkAsync())["job"]!.Text("status_url")));
        }

        Assert.Equal(3, accepted.Count);
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            var problem = await refused.ReadProblemAsync(503, "overloaded");
            Assert.True((bool)problem["retryable"]!);
            Assert.Equal(30, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }

        var paid = await server.StartAsync(new { url = server.Origin("media/small.mp4?room"), format = "m4a" });
        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{first}");
        await server.CompletionOfAsync(paid);
        Assert.InRange(await CountWaitingAsync(server, accepted), 2, 3);

        // Once they have had their turn there is room for more.
        await server.UntilAsync(async () => await CountWaitingAsync(server, accepted) == 0);
        await (await Strangers.BurstAsync(1, server))[0].ReadOkAsync();
        files.Release();
    }

    /// <returns>Where their three jobs are shown.</returns>
    private static async Task<IReadOnlyList<Uri>> SendStrangersAsync(DecantServer server, HeldFiles files)
    {
        var strangers = new List<Uri>();
        for (var index = 0; index < 3; index++)
        {
            var answer = await server.Public.PostAsJsonAsync(
                "/api/v1/video/public/download",
                new { url = files.Hold($"stranger{index}") }
            );
            strangers.Add(new Uri((await answer.ReadOkAsync())["job"]!.Text("status_url")));
        }

        return strangers;
    }

    private static async Task<int> CountWaitingAsync(DecantServer server, IReadOnlyList<Uri> jobs)
    {
        var seen = await Task.WhenAll(
            jobs.Select(async url => await (await server.Public.GetAsync(url)).ReadOkAsync())
        );
        return seen.Count(job => job["started_at"] is null);
    }
}

public sealed class FairnessOnSqlite : FairnessTests<Sqlite>;

[Long]
public sealed class FairnessOnPostgres : FairnessTests<Postgres>;
