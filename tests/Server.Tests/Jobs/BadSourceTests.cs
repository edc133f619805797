using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Lab.Serving;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <param name="server">The server.</param>
/// <param name="ownMedium">A medium that no other class takes, so that faults scripted for it strike here.</param>
public abstract class BadSourceTests(DecantServer server, string ownMedium)
{
    [Theory]
    [InlineData("not a url", 400, "invalid_url")]
    [InlineData("ftp://media.lab.example/small.mp4", 400, "invalid_url")]
    [InlineData("file:///etc/passwd", 400, "invalid_url")]
    [InlineData("http://127.0.0.1:22/x", 403, "blocked_address")]
    [InlineData("page/none", 400, "unsupported_url")]
    [InlineData("html/video.mp4", 400, "unsupported_url")]
    [InlineData("media/absent.mp4", 404, "content_not_found")]
    [InlineData("status/404", 404, "content_not_found")]
    [InlineData("status/500", 502, "source_failed")]
    [InlineData("empty/video.mp4", 502, "source_failed")]
    [InlineData("html-as-media/video.mp4", 502, "source_failed")]
    public async Task What_cannot_be_looked_up_is_refused_and_costs_nothing(string source, int status, string code)
    {
        var url = source.Contains(' ') || source.Contains(':') ? source : server.Origin(source);
        using var client = await server.NewClientAsync();

        var answer = await client.PostAsJsonAsync(JobFlow.Download, new { url });

        await answer.ReadProblemAsync(status, code);
        var jobs = await (await client.GetAsync(JobFlow.Jobs)).ReadOkAsync();
        Assert.Equal(0, jobs.Number("total"));
    }

    [Theory]
    [InlineData("cut/small.mp4", 3)]
    [InlineData("reset/small.mp4", 3)]
    [InlineData("wrong-length/small.mp4", 3)]
    [InlineData("truncated/small.mp4", 1)]
    [InlineData("wrong-range/small.mp4", 1)]
    public async Task A_body_that_is_not_whole_fails_the_job_and_gives_its_price_back(string source, int most)
    {
        var answer = await server.PostAsync(JobFlow.Download, new { url = server.Origin(source) });
        if (!answer.IsSuccessStatusCode)
        {
            // The look-up may notice it already.
            await answer.ReadProblemAsync(502, "source_failed");
            return;
        }

        var job = await server.EndOfAsync((await answer.ReadOkAsync())["job"]!.Number("id"));

        Assert.Equal(("FAILED", "source_failed"), (job.Text("status"), job["error"]!.Text("code")));
        Assert.NotEmpty(job["error"]!.Text("message"));
        // What is broken for good is not tried again.
        Assert.InRange(job.Number("attempts"), 1, most);
        Assert.Null(job["download_url"]);
        Assert.Equal(0, job.Number("credits_used"));
        await AssertNothingLeftAsync(job.Number("id"));
    }

    [Fact]
    public async Task A_source_that_fails_in_passing_is_tried_again_to_success()
    {
        var url = server.Origin($"media/{ownMedium}?passing");
        await (await server.PostAsync("/api/v1/video/info", new { url })).ReadOkAsync();
        // A link that has died, with a range and without, and a page that does not answer when it is asked for a fresh one: not us, and
        // not the extractor, as long as the first run lasts.
        server.Lab.Faults.Script($"/media/{ownMedium}", Fault.Status(403), times: 2);
        server.Lab.Faults.Script($"/media/{ownMedium}", Fault.Status(500), times: int.MaxValue);
        var id = await server.StartAsync(new { url, format = "mp4" });

        var seen = new List<JsonNode>();
        await foreach (var job in server.Http.WatchAsync(id))
        {
            seen.Add(job);
            if (job.Number("attempts") == 2)
            {
                server.Lab.Faults.Forget($"/media/{ownMedium}");
            }
        }

        Assert.True(seen[^1].Text("status") == "COMPLETED", seen[^1].ToJsonString());
        Assert.Equal(2, seen[^1].Number("attempts"));
        Assert.Null(seen[^1]["error"]);
        var progress = seen.Select(job => (double)job["progress"]!).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
    }

    private async Task AssertNothingLeftAsync(long id)
    {
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
        Assert.DoesNotContain(
            server.FilesIn("files"),
            path => Path.GetFileName(path).StartsWith($"{id}-", StringComparison.Ordinal)
        );
    }
}

public sealed class BadSourceOnSqlite(QuickRetries<Sqlite> on)
    : BadSourceTests(on.Server, "low.mp4"),
        IClassFixture<QuickRetries<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class BadSourceOnPostgres(QuickRetries<Postgres> on)
    : BadSourceTests(on.Server, "small.mkv"),
        IClassFixture<QuickRetries<Postgres>>;
