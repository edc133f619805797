using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public abstract class BulkTests(DecantServer server)
{
    private const string Bulk = "/api/v1/video/video-download/bulk-download";

    [Theory]
    [InlineData(Bulk)]
    [InlineData("/api/v1/video/bulk-download")]
    public async Task A_batch_runs_with_its_defaults_where_entries_say_nothing(string path)
    {
        var answer = await (
            await server.PostAsync(
                path,
                new
                {
                    downloads = new object[]
                    {
                        new
                        {
                            url = server.Origin("media/small.mp4?bulk1"),
                            format = "mp3",
                            quality = "320kbps",
                        },
                        new
                        {
                            url = server.Origin("media/small.mp4?bulk2"),
                            format = "mp4",
                            quality = "720p",
                        },
                        new
                        {
                            url = server.Origin("media/small.mp4?bulk3"),
                            format = "mp4",
                            audio_only = false,
                        },
                    },
                    audio_only = true,
                    include_thumbnails = true,
                }
            )
        ).ReadOkAsync();

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal(["mp3", "m4a", "mp4"], jobs.Select(job => job!.Text("format")));
        Assert.Equal([true, true, false], jobs.Select(job => (bool)job!["audio_only"]!));
        Assert.All(jobs, job => Assert.True((bool)job!["include_thumbnail"]!));
        Assert.All(jobs, job => Assert.Equal(answer.Text("batch_id"), job!.Text("batch_id")));
        Assert.Equal(18, answer.Number("estimated_credits"));
        Assert.Empty(answer["errors"]!.AsArray());
        foreach (var job in jobs)
        {
            var done = await server.CompletionOfAsync(job!.Number("id"));
            Assert.NotNull(done["thumbnail_url"]);
        }
    }

    [Fact]
    public async Task What_cannot_be_looked_up_is_reported_and_stops_nobody_else()
    {
        var answer = await BulkAsync(
            server.Http,
            "media/absent.mp4",
            "media/small.mp4?among",
            "not a url",
            "page/none"
        );

        var body = await answer.ReadOkAsync();
        Assert.Single(body["jobs"]!.AsArray());
        Assert.Equal(
            ["0 content_not_found", "2 invalid_url", "3 unsupported_url"],
            body["errors"]!.AsArray().Select(error => $"{error!["index"]} {error.Text("code")}")
        );
        Assert.Equal("not a url", body["errors"]![1]!.Text("url"));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_can_be_had_has_the_status_of_its_first_error()
    {
        await (await BulkAsync(server.Http, "status/500", "media/absent.mp4")).ReadProblemAsync(502, "source_failed");
    }

    [Fact]
    public async Task A_batch_that_is_too_dear_is_refused_whole()
    {
        using var client = await server.NewClientAsync(cents: 2);

        var problem = await (
            await BulkAsync(client, "media/small.mp4?dear1", "media/small.mp4?dear2", "media/small.mp4?dear3")
        ).ReadProblemAsync(402, "insufficient_api_balance");

        Assert.Equal((3, 2), (problem.Number("required_cents"), problem.Number("available_cents")));
        var jobs = await (await client.GetAsync(JobFlow.Jobs)).ReadOkAsync();
        Assert.Equal(0, jobs.Number("total"));
        await (await BulkAsync(client, "media/small.mp4?dear1", "media/small.mp4?dear2")).ReadOkAsync();
    }

    [Fact]
    public async Task Contradictions_are_named_by_entry()
    {
        var answer = await server.PostAsync(
            Bulk,
            new
            {
                downloads = new object[]
                {
                    new { url = server.Origin("media/small.mp4?fine"), format = "mp4" },
                    new
                    {
                        url = server.Origin("media/small.mp4?bad"),
                        format = "mp4",
                        quality = "320kbps",
                    },
                    new { url = server.Origin("media/small.mp4?worse"), format = "exe" },
                    new { format = "mp4" },
                },
            }
        );

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.Equal(
            ["downloads[1].quality", "downloads[2].format", "downloads[3].url"],
            problem["errors"]!.AsObject().Select(error => error.Key)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task A_batch_has_one_to_fifty_entries(int count)
    {
        var urls = Enumerable.Repeat("media/small.mp4", count).ToArray();

        var problem = await (await BulkAsync(server.Http, urls)).ReadProblemAsync(400, "invalid_request");

        Assert.NotNull(problem["errors"]!["downloads"]);
    }

    private Task<HttpResponseMessage> BulkAsync(HttpClient client, params string[] sources) =>
        client.PostAsJsonAsync(
            Bulk,
            new
            {
                downloads = sources.Select(source => new
                {
                    url = source.Contains(' ') ? source : server.Origin(source),
                    format = "m4a",
                }),
            }
        );
}

public sealed class BulkOnSqlite(ServerOn<Sqlite> on) : BulkTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class BulkOnPostgres(ServerOn<Postgres> on) : BulkTests(on.Server), IClassFixture<ServerOn<Postgres>>;
