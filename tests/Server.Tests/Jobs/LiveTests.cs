using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Runs;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Jobs;

/// <param name="name">Part of the names of the lab's streams, so that no two classes share one.</param>
public abstract class LiveTests<TDatabase>(string name) : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private readonly int _number = name == "sqlite" ? 1 : 2;
    private DecantServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await DecantServer.StartAsync<TDatabase>("Jobs:LiveLookEvery=00:00:01");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_live_stream_is_recorded_until_it_ends_and_paid_for_by_what_was_recorded()
    {
        var info = await (
            await _server.PostAsync("/api/v1/video/info", new { url = Stream("ends", "?dvr=1") })
        ).ReadOkAsync();
        Assert.True((bool)info["is_live"]!);
        Assert.Null(info["duration"]);

        var id = await _server.StartAsync(new { url = Stream("ends", "?dvr=1"), max_duration = 180 });

        var accepted = await _server.JobAsync(id);
        Assert.Equal((180.0, 180.0), ((double)accepted["max_duration"]!, (double)accepted["estimated_duration"]!));
        var recording = await _server.WhenAsync(id, job => job.Text("stage") == "recording");
        Assert.True((double)recording["recorded_seconds"]! > 0);
        Assert.True(recording.Number("bytes_fetched") > 0);
        _server.Lab.Live.End(NameOf("ends"));
        var done = await _server.CompletionOfAsync(id);
        AssertKept("ends", recording, done);
        Assert.Empty(done["gaps"]!.AsArray());
        Assert.Equal(["Hold -3", "Release 3", "Charge -1"], await _server.EntriesOfAsync(id));
        // The run tidies up after its job has ended.
        await _server.UntilAsync(() => Task.FromResult(!_server.FilesIn("recordings").Any()));
    }

    [Fact]
    public async Task Cancelling_a_recording_closes_and_keeps_it()
    {
        var id = await _server.StartAsync(new { url = Stream("cancel"), format = "mp3" });
        var recording = await _server.WhenAsync(id, job => (double?)job["recorded_seconds"] >= 2);

        var answer = await (await _server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();
        await (await _server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        Assert.Equal("PROCESSING", answer.Text("status"));
        var done = await _server.CompletionOfAsync(id);
        AssertKept("cancel", recording, done);
        Assert.NotNull(done["download_url"]);
        Assert.Equal(["Hold -60", "Release 60", "Charge -1"], await _server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task Deleting_a_recording_leaves_nothing_of_it()
    {
        var id = await _server.StartAsync(new { url = Stream("delete"), max_duration = 60 });
        await _server.WhenAsync(id, job => (double?)job["recorded_seconds"] >= 1);

        await (await _server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();

        await _server.RunsEndedAsync();
        await SweepAsync();
        // The run tidies up after its job has ended.
        await _server.UntilAsync(() => Task.FromResult(!_server.FilesIn("recordings").Any()));
        Assert.Equal(["Hold -1", "Release 1"], await _server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task A_recording_that_a_stopping_server_breaks_off_is_gone_on_with_when_it_is_back()
    {
        var id = await _server.StartAsync(new { url = Stream("restart"), max_duration = 60 });
        var before = await _server.WhenAsync(id, job => (double?)job["recorded_seconds"] >= 2);

        await _server.RestartAsync();

        await _server.WhenAsync(id, job => (double?)job["recorded_seconds"] >= (double)before["recorded_seconds"]! + 1);
        await (await _server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();
        var done = await _server.CompletionOfAsync(id);
        Assert.True((double)done["duration"]! >= (double)before["recorded_seconds"]! + 0.9, done.ToJsonString());
        Assert.Equal(1, done.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await _server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task A_stream_that_has_not_begun_is_refused_with_its_time()
    {
        var problem = await (
            await _server.PostAsync(JobFlow.Download, new { url = "https://www.youtube.com/watch?v=upcoming001" })
        ).ReadProblemAsync(409, "not_started");

        var left = (DateTimeOffset)problem["starts_at"]! - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
        Assert.Equal("Lab film upcoming001", problem.Text("media_title"));
    }

    [Fact]
    public async Task A_stream_that_has_not_begun_can_be_waited_for()
    {
        var video = $"duesoon000{_number}";
        const string Page = "/watch";
        var id = await _server.StartAsync(
            new
            {
                url = $"https://www.youtube.com/watch?v={video}",
                wait_for_live = true,
                max_duration = 2,
            }
        );
        var waiting = await _server.JobAsync(id);
        Assert.Equal(("youtube", $"Lab film {video}"), (waiting.Text("platform"), waiting.Text("title")));
        Assert.NotNull(waiting["starts_at"]);
        // It looks once more, and goes back to waiting.
        await _server.Lab.Requests.WaitForAsync(
            Page,
            _server.Lab.Requests.Hits(Page) + 1,
            TestContext.Current.CancellationToken
        );
        await _server.WhenAsync(id, job => job.Text("stage") == "waiting");

        _server.Lab.Live.Begin($"youtube/{video}");

        var done = await _server.CompletionOfAsync(id);
        Assert.InRange((double)done["duration"]!, 1.8, 2.3);
        Assert.Equal(1, done.Number("attempts"));
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        var id = await _server.StartAsync(
            new { url = "https://www.youtube.com/watch?v=upcoming001", wait_for_live = true }
        );
        Assert.Equal("waiting", (await _server.JobAsync(id)).Text("stage"));

        var answer = await (await _server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

        Assert.Equal("CANCELLED", answer.Text("status"));
        Assert.Equal(["Hold -60", "Release 60"], await _server.EntriesOfAsync(id));
    }

    [Theory]
    [InlineData(0, 400, "invalid_request")]
    [InlineData(-5, 400, "invalid_request")]
    [InlineData(1e9, 413, "too_long")]
    public async Task A_longest_duration_has_its_limits(double seconds, int status, string code) =>
        await (
            await _server.PostAsync(JobFlow.Download, new { url = Stream("limits"), max_duration = seconds })
        ).ReadProblemAsync(status, code);

    [Fact]
    public async Task Of_a_live_stream_no_clip_is_taken() =>
        await (
            await _server.PostAsync(JobFlow.Download, new { url = Stream("clip"), clip = new { start = 1, end = 2 } })
        ).ReadProblemAsync(400, "invalid_request");

    [Fact]
    public async Task A_recording_of_a_killed_server_is_delivered()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>();
        long id;
        JsonNode before;
        using (var process = await ServerProcess.StartAsync(server.Arguments))
        {
            var answer = await process.Http.PostAsJsonAsync(
                JobFlow.Download,
                new { url = Stream("killed"), max_duration = 60 }
            );
            id = (await answer.ReadOkAsync())["job"]!.Number("id");
            before = await process.Http.WhenAsync(id, job => (double?)job["recorded_seconds"] >= 2);
            await process.KillAsync();
        }

        // The stream is over by the time the server is back.
        server.Lab.Live.End(NameOf("killed"));
        await server.StartAsync();

        var done = await server.CompletionOfAsync(id);
        Assert.True((double)done["duration"]! >= (double)before["recorded_seconds"]! - 0.1, done.ToJsonString());
        Assert.Null(Assert.Single(done["gaps"]!.AsArray())!["duration"]);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
        await server.AssertBooksBalanceAsync();
    }

    /// <summary>Holds that a job's file has all that was recorded by then, and no more than its stream had.</summary>
    private void AssertKept(string stream, JsonNode recording, JsonNode done) =>
        Assert.InRange(
            (double)done["duration"]!,
            (double)recording["recorded_seconds"]! - 0.1,
            _server.Lab.Live.SegmentsOf(NameOf(stream)) + 0.2
        );

    private string NameOf(string stream) => $"{name}-{stream}";

    private string Stream(string stream, string query = "") =>
        new Uri(_server.Lab.PublicOrigin, $"live/{NameOf(stream)}/index.m3u8{query}").AbsoluteUri;

    private Task SweepAsync() =>
        _server.Services.GetServices<IHostedService>().OfType<JobSweep>().Single().RunAsync(CancellationToken.None);
}

[Long]
public sealed class LiveOnSqlite() : LiveTests<Sqlite>("sqlite");

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class LiveOnPostgres() : LiveTests<Postgres>("postgres");
