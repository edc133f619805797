using System.Net;
using System.Net.Http.Json;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Watching;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

public abstract class WatchTests<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private DecantServer _server = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await DecantServer.StartAsync<TDatabase>("Jobs:HeartbeatEvery=00:00:00.2");
        _http = await _server.NewClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task All_my_jobs_are_seen_as_they_begin_move_and_end_and_nobody_elses()
    {
        using var stranger = await _server.NewClientAsync();
        await using var watching = await Watching.StartAsync(_http);
        await using var older = await Watching.StartAsync(_http, "/api/v1/video/events");
        Assert.Empty(await watching.UntilHeartbeatAsync());

        var theirs = await stranger.StartAsync(new { url = _server.Origin("media/small.mp4?theirs"), format = "m4a" });
        await stranger.CompletionOfAsync(theirs);
        var first = await StartAsync("first");
        var second = await StartAsync("second");

        var seen = new HashSet<long>();
        var ended = new HashSet<long>();
        while (ended.Count < 2)
        {
            var job = await watching.WhenAsync(_ => true);
            seen.Add(job.Number("id"));
            if (job.Text("status") == "COMPLETED")
            {
                ended.Add(job.Number("id"));
            }
        }

        Assert.Equal([first, second], seen.Order());
        await older.WhenAsync(job => job.Number("id") == second && job.Text("status") == "COMPLETED");
    }

    [Fact]
    public async Task A_watcher_who_comes_back_sees_what_ended_meanwhile_and_nothing_older()
    {
        var before = await StartAsync("before");
        await _http.CompletionOfAsync(before);
        var running = await _http.StartAsync(new { url = _server.Origin("paced/10000/0/media/small.mp4?running") });
        string? lastId;
        await using (var first = await Watching.StartAsync(_http))
        {
            Assert.Equal([running], (await first.UntilHeartbeatAsync()).Select(job => job.Number("id")));
            lastId = first.LastId;
        }

        var meanwhile = await StartAsync("meanwhile");
        await _http.CompletionOfAsync(meanwhile);

        // Some seconds are shown again, because clocks differ; what ended long before is not.
        await using var later = await Watching.StartAsync(_http, lastId: (long.Parse(lastId!) + 5000).ToString());
        var shown = (await later.UntilHeartbeatAsync()).Select(job => job.Number("id")).ToList();
        Assert.Contains(meanwhile, shown);
        Assert.Contains(running, shown);
        Assert.DoesNotContain(before, shown);
        await (await _http.DeleteAsync($"{JobFlow.Jobs}/{running}")).ReadOkAsync();
    }

    [Fact]
    public async Task A_stream_on_which_nothing_happens_has_heartbeats()
    {
        await using var watching = await Watching.StartAsync(_http);

        for (var index = 0; index < 3; index++)
        {
            var item = await watching.NextAsync();
            Assert.Equal("heartbeat", item.EventType);
            Assert.NotNull(item.EventId);
        }
    }

    [Fact]
    public async Task Who_has_seen_a_job_end_is_told_not_to_come_back()
    {
        var id = await StartAsync("over");
        await _http.CompletionOfAsync(id);
        var path = $"{JobFlow.Jobs}/{id}/events";
        await using var watching = await Watching.StartAsync(_http, path);
        Assert.Equal("COMPLETED", (await watching.NextAsync()).Data!.Text("status"));

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.Add("Last-Event-ID", watching.LastId);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_job_is_shown_when_anything_of_it_has_changed_and_not_otherwise()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>(
            "Jobs:HeartbeatEvery=00:05:00",
            "Jobs:Workers=1"
        );
        var files = new HeldFiles(server.Lab);
        var running = await server.StartAsync(new { url = files.Hold("running") });
        await server.WhenAsync(running, job => job.Text("stage") == "downloading");
        // Nothing of a job that waits moves by itself.
        var id = await server.StartAsync(
            new
            {
                url = server.Origin("media/small.mp4?again"),
                format = "m4a",
                clip = new { start = 1, end = 3 },
            }
        );
        await using var everything = await Watching.StartAsync(server.Http);
        await everything.UntilHeartbeatAsync();
        await using var watching = await Watching.StartAsync(server.Http, $"{JobFlow.Jobs}/{id}/events");
        await watching.WhenAsync(job => (double?)job["queue_position"] == 1);

        server.Get<JobChanges>().Announce(id);
        await everything.WhenAsync(job => job.Number("id") == id);
        // The row that a run leaves which gives the job back, and the next that claims it, where both are told of together.
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db.Jobs.Where(job => job.Id == id).ExecuteUpdateAsync(set => set.SetProperty(job => job.Attempts, 1));
        }
        server.Get<JobChanges>().Announce(id);

        var next = (await watching.NextAsync()).Data!;
        Assert.Equal(("queued", 1), (next.Text("stage"), next.Number("attempts")));
        files.Release();
        Assert.Equal(2, (await watching.WhenAsync(job => job.Text("status") == "COMPLETED")).Number("attempts"));
    }

    [Fact]
    public async Task A_job_that_is_deleted_ends_its_stream()
    {
        var id = await _http.StartAsync(new { url = _server.Origin("paced/10000/0/media/small.mp4?gone") });
        var seen = _http.WatchAsync(id).GetAsyncEnumerator();
        Assert.True(await seen.MoveNextAsync());

        await (await _http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();

        while (await seen.MoveNextAsync())
        {
            Assert.NotEqual("COMPLETED", seen.Current.Text("status"));
        }

        await seen.DisposeAsync();
    }

    [Fact]
    public async Task Who_cannot_set_a_header_comes_back_with_a_parameter()
    {
        await using var before = await Watching.StartAsync(_http);
        await before.UntilHeartbeatAsync();
        var id = await StartAsync("parameter");
        await _http.CompletionOfAsync(id);

        await using var watching = await Watching.StartAsync(_http, $"{Watching.Events}?last_event_id={before.LastId}");

        Assert.Contains(await watching.UntilHeartbeatAsync(), job => job.Number("id") == id);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    public async Task An_id_that_is_none_is_refused(string lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Watching.Events);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        var header = await (await _http.SendAsync(request)).ReadProblemAsync(400, "invalid_request");
        var query = await _http.GetAsync($"{Watching.Events}?last_event_id={lastId}");
        var parameter = await query.ReadProblemAsync(400, "invalid_request");

        Assert.NotNull(header["errors"]!["Last-Event-ID"]);
        Assert.NotNull(parameter["errors"]!["last_event_id"]);
    }

    [Fact]
    public async Task Watching_needs_a_key() =>
        await (await _server.Public.GetAsync(Watching.Events)).ReadProblemAsync(401, "unauthenticated");

    private Task<long> StartAsync(string name) =>
        _http.StartAsync(new { url = _server.Origin($"media/small.mp4?watch{name}"), format = "m4a" });
}

public sealed class WatchOnSqlite : WatchTests<Sqlite>;

public sealed class WatchOnPostgres : WatchTests<Postgres>
{
    [Fact]
    public async Task What_happens_on_another_node_is_seen_at_once()
    {
        var database = await Postgres.CreateAsync();
        // Nothing is asked for within the test's time but what the other node tells of.
        string[] settings = [$"ConnectionStrings:Decant={database}", "Jobs:HeartbeatEvery=00:05:00"];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        var id = await one.StartAsync(new { url = one.Origin("paced/10000/0/media/small.mp4?other") });
        await one.WhenAsync(id, job => job.Text("stage") == "downloading");
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        await using var all = await Watching.StartAsync(other.Http);
        await using var single = await Watching.StartAsync(other.Http, $"{JobFlow.Jobs}/{id}/events");
        await single.NextAsync();
        Assert.Single(await all.UntilHeartbeatAsync());

        await (await one.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = "Told" })).ReadOkAsync();
        await all.WhenAsync(job => job.Text("title") == "Told");
        await single.WhenAsync(job => job.Text("title") == "Told");
        await (await one.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        await all.WhenAsync(job => job.Text("status") == "CANCELLED");
        await single.WhenAsync(job => job.Text("status") == "CANCELLED");
    }
}
