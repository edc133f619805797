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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Strangers_do_not_keep_those_who_pay_waiting(int workers)
    {
        await using var server = await DecantServer.StartAsync<TDatabase>($"Jobs:Workers={workers}");
        var strangers = new List<Uri>();
        for (var index = 0; index < 4; index++)
        {
            var answer = await server.Public.PostAsJsonAsync(
                "/api/v1/video/public/download",
                new { url = server.Origin($"paced/1500000/0/media/small.mp4?stranger{index}") }
            );
            strangers.Add(new Uri((await answer.ReadOkAsync())["job"]!.Text("status_url")));
        }

        for (var index = 0; index < 2; index++)
        {
            await server.CompletionOfAsync(
                await server.StartAsync(new { url = server.Origin($"media/small.mp4?pays{index}"), format = "m4a" })
            );
        }

        // One runs at a time, or has; the others wait.
        var jobs = await Task.WhenAll(
            strangers.Select(async url => await (await server.Public.GetAsync(url)).ReadOkAsync())
        );
        Assert.InRange(jobs.Count(job => job["started_at"] is null), 2, 3);
    }
}

public sealed class FairnessOnSqlite : FairnessTests<Sqlite>;

public sealed class FairnessOnPostgres : FairnessTests<Postgres>;
