using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public sealed class TwoNodesTests
{
    [Fact]
    public async Task A_job_on_one_node_can_be_seen_and_cancelled_on_another()
    {
        var database = await Postgres.CreateAsync();
        await using var one = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        var id = await one.StartAsync(new { url = one.Origin("paced/100000/0/media/small.mp4?nodes") });
        await one.WhenAsync(id, job => job.Text("stage") == "downloading");
        await using var other = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");

        var moved = await other.WhenAsync(id, job => (double)job["progress"]! > 1);
        var cancelled = await (await other.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        Assert.Equal("downloading", moved.Text("stage"));
        Assert.Equal("CANCELLED", cancelled.Text("status"));
        await one.RunsEndedAsync();
        Assert.Empty(one.FilesIn("work"));
        Assert.Equal("CANCELLED", (await one.JobAsync(id)).Text("status"));
        Assert.Equal(["Hold -1", "Release 1"], await one.EntriesOfAsync(id));
    }

    [Fact]
    public async Task What_a_killed_node_was_in_another_takes_over()
    {
        var database = await Postgres.CreateAsync();
        await using var victim = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        await using var survivor = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        long id;
        using (var process = await ServerProcess.StartAsync(victim.Arguments))
        {
            id = await process.Http.StartAsync(
                new { url = victim.Origin("paced/400000/0/media/small.mp4?takeover"), format = "m4a" }
            );
            await process.Http.WhenAsync(id, job => job.Text("stage") == "downloading");
            await survivor.StartAsync();
            await process.KillAsync();
        }

        var job = await survivor.CompletionOfAsync(id);

        Assert.Equal(2, job.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await survivor.EntriesOfAsync(id));
    }

    [Fact]
    public async Task No_more_run_on_a_platform_than_are_allowed_on_both_together()
    {
        var database = await Postgres.CreateAsync();
        string[] settings = [$"ConnectionStrings:Decant={database}", "Jobs:Workers=4", "Jobs:MaxPerPlatform=2"];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        using var over = new CancellationTokenSource();
        var counting = one.MostAtOnceAsync(over.Token);

        var ids = new List<long>();
        for (var index = 0; index < 6; index++)
        {
            var server = index % 2 == 0 ? one : other;
            ids.Add(
                await server.StartAsync(
                    new { url = server.Origin($"paced/2000000/0/media/small.mp4?both{index}"), format = "mp4" }
                )
            );
        }

        foreach (var id in ids)
        {
            await other.CompletionOfAsync(id);
        }

        await over.CancelAsync();
        Assert.Equal(2, await counting);
    }

    [Fact]
    public async Task A_burst_of_strangers_on_both_nodes_does_not_get_past_the_cap()
    {
        var database = await Postgres.CreateAsync();
        string[] settings = [$"ConnectionStrings:Decant={database}", "Jobs:Workers=1", "Jobs:MaxPublicQueued=4"];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        foreach (var node in new[] { one, other })
        {
            var busy = await node.StartAsync(new { url = node.Origin("paced/10000/0/media/small.mp4?capped") });
            await node.WhenAsync(busy, job => job.Text("stage") == "downloading");
        }

        var answers = await Strangers.BurstAsync(16, one, other);

        Assert.Equal(4, answers.Count(answer => answer.IsSuccessStatusCode));
    }
}
