using System.Diagnostics;
using System.Net.Http.Json;
using Decant.Lab.Serving;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

[Long]
public sealed class TwoNodesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_changes_on_one_node_is_seen_by_a_watcher_on_another_within_a_moment()
    {
        const int changes = 100;
        string[] settings =
        [
            $"ConnectionStrings:Decant={await Postgres.CreateAsync()}",
            "Jobs:HeartbeatEvery=00:05:00",
        ];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        var id = await one.StartAsync(new { url = one.Origin("paced/10000/0/media/small.mp4?latency") });
        await using var watching = await Watching.StartAsync(other.Http);
        await watching.UntilHeartbeatAsync();

        var taken = new List<double>();
        for (var change = 0; change < changes; change++)
        {
            var title = $"Title {change}";
            var watch = Stopwatch.StartNew();
            var seen = watching.WhenAsync(job => job.Text("title") == title);
            await (await one.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title })).ReadOkAsync();
            await seen;
            taken.Add(watch.Elapsed.TotalMilliseconds);
        }

        taken.Sort();
        output.WriteLine(
            $"{changes} changes, from the request on one node to the event on the other: "
                + $"p50 {taken[changes / 2]:F1} ms, p95 {taken[changes * 95 / 100]:F1} ms, most {taken[^1]:F1} ms"
        );
        // As slow as this only where nobody is told and everybody looks for themselves.
        Assert.InRange(taken[changes / 2], 0, Quiet.Bound(TimeSpan.FromMilliseconds(500)).TotalMilliseconds);
        await (await one.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();
    }

    [Fact]
    public async Task A_job_on_one_node_can_be_seen_and_cancelled_on_another()
    {
        var database = await Postgres.CreateAsync();
        await using var one = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        var id = await one.StartAsync(new { url = one.Origin("media/small.mp4?rate=2000&head=100000&nodes") });
        await one.WhenAsync(id, job => job.Text("stage") == "downloading");
        await using var other = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");

        var moved = await other.WhenAsync(id, job => (double)job["progress"]! > 1);
        var asked = Stopwatch.GetTimestamp();
        var cancelled = await (await other.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        Assert.Equal("downloading", moved.Text("stage"));
        Assert.Equal("CANCELLED", cancelled.Text("status"));
        await one.RunsEndedAsync();
        var ended = Stopwatch.GetElapsedTime(asked);
        output.WriteLine(
            $"from the cancel on one node to the end of the run on another: {ended.TotalMilliseconds:F0} ms"
        );
        Assert.InRange(ended, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(1)));
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
        long killed;
        using (var process = await ServerProcess.StartAsync(victim.Arguments))
        {
            const string medium = "media/minute.mp4";
            var url = victim.Origin(medium);
            await (await process.Http.PostAsJsonAsync("/api/v1/video/info", new { url })).ReadOkAsync();
            // It must not be done before the other node has started, however long that takes.
            victim.Lab.Faults.Script($"/{medium}", Fault.StallAfter(50_000), times: 100);
            id = await process.Http.StartAsync(new { url, format = "m4a" });
            await process.Http.WhenAsync(id, job => job.Text("stage") == "downloading");
            await survivor.StartAsync();
            await process.KillAsync();
            killed = Stopwatch.GetTimestamp();
            victim.Lab.Faults.Forget($"/{medium}");
        }

        await survivor.WhenAsync(id, job => job.Number("attempts") == 2);
        var taken = Stopwatch.GetElapsedTime(killed);
        output.WriteLine($"from the death of a node to the next run of its job: {taken.TotalSeconds:F1} s");
        Assert.InRange(taken, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(6)));
        var job = await survivor.CompletionOfAsync(id);

        Assert.Equal(2, job.Number("attempts"));
        Assert.Equal(["Hold -2", "Release 2", "Charge -2"], await survivor.EntriesOfAsync(id));
    }

    [Fact]
    public async Task A_job_of_a_killed_node_goes_before_those_of_its_account_that_waited_for_its_end()
    {
        var database = await Postgres.CreateAsync();
        string[] settings = [$"ConnectionStrings:Decant={database}", "Jobs:MaxPerAccount=1"];
        await using var victim = await DecantServer.PrepareAsync<Sqlite>(settings);
        await using var survivor = await DecantServer.PrepareAsync<Sqlite>(settings);
        long broken;
        var waiting = new List<long>();
        using (var process = await ServerProcess.StartAsync(victim.Arguments))
        {
            const string medium = "media/minute.mp4";
            var url = victim.Origin(medium);
            await (await process.Http.PostAsJsonAsync("/api/v1/video/info", new { url })).ReadOkAsync();
            victim.Lab.Faults.Script($"/{medium}", Fault.StallAfter(50_000), times: 100);
            broken = await process.Http.StartAsync(new { url, format = "m4a" });
            await process.Http.WhenAsync(broken, job => job.Text("stage") == "downloading");
            for (var number = 0; number < 3; number++)
            {
                waiting.Add(
                    await process.Http.StartAsync(
                        new { url = victim.Origin($"media/small.mp4?waits{number}"), format = "mp4" }
                    )
                );
            }

            await survivor.StartAsync();
            await process.KillAsync();
            victim.Lab.Faults.Forget($"/{medium}");
        }

        var ended = await survivor.CompletionOfAsync(broken);
        Assert.Equal(2, ended.Number("attempts"));
        foreach (var id in waiting)
        {
            var job = await survivor.CompletionOfAsync(id);
            Assert.True(
                (DateTimeOffset)job["started_at"]! >= (DateTimeOffset)ended["completed_at"]!,
                $"{job.ToJsonString()} went before {ended.ToJsonString()}"
            );
        }
    }

    [Fact]
    public async Task A_recording_that_another_node_takes_over_says_what_was_lost_with_the_first()
    {
        var database = await Postgres.CreateAsync();
        await using var victim = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        await using var survivor = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        long id;
        using (var process = await ServerProcess.StartAsync(victim.Arguments))
        {
            id = await process.Http.StartAsync(
                new { url = victim.Origin("live/two-nodes/index.m3u8"), max_duration = 600 }
            );
            await process.Http.WhenAsync(id, job => (double?)job["recorded_seconds"] >= 1);
            await survivor.StartAsync();
            await process.KillAsync();
        }

        await survivor.WhenAsync(id, now => now.Number("attempts") == 2 && now.Text("stage") == "recording");
        await (await survivor.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();
        var job = await survivor.CompletionOfAsync(id);

        var gap = Assert.Single(job["gaps"]!.AsArray())!;
        Assert.Equal(0, (double)gap["start"]!);
        Assert.True((double)gap["duration"]! >= 1, job.ToJsonString());
        Assert.Null(job["announced_duration"]);
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
        var most = await counting;
        Assert.True(most.Count == 2, most.Which);
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
            var busy = await node.StartAsync(new { url = node.Origin("media/small.mp4?rate=2000&head=100000&capped") });
            await node.WhenAsync(busy, job => job.Text("stage") == "downloading");
        }

        var answers = await Strangers.BurstAsync(16, one, other);

        Assert.Equal(4, answers.Count(answer => answer.IsSuccessStatusCode));
    }
}
