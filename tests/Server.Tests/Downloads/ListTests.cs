using System.Diagnostics;
using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public abstract class ListTests(DecantServer server)
{
    private const string Few = "https://www.youtube.com/playlist?list=PLdecant-lab-few-5";
    private const string Many = "https://www.youtube.com/playlist?list=PLdecant-lab-many-500";
    private const string Mixed = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3";

    [Fact]
    public async Task A_list_becomes_one_job_for_each_entry_that_can_be_had()
    {
        var answer = await server.DownloadAsync(new { url = Mixed, format = "m4a" });

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal(answer["job"]!.Number("id"), jobs[0]!.Number("id"));
        Assert.All(jobs, job => Assert.Equal(answer.Text("batch_id"), job!.Text("batch_id")));
        Assert.All(jobs, job => Assert.Equal("Two lab films and one that is gone", job!.Text("playlist_title")));
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(("content_not_found", 2L), (error.Text("code"), error.Number("playlist_index")));
        Assert.Equal("https://www.youtube.com/watch?v=deleted0001", error.Text("url"));
        foreach (var job in jobs)
        {
            await server.CompletionOfAsync(job!.Number("id"));
        }

        var batch = await (
            await server.Http.GetAsync($"/api/v1/video/batches/{answer.Text("batch_id")}")
        ).ReadOkAsync();
        Assert.Equal("Two lab films and one that is gone", batch.Text("title"));
        using var archive = await server.Public.GetAsync(batch.Text("archive_url"));
        Assert.Equal(
            "Two lab films and one that is gone.zip",
            archive.Content.Headers.ContentDisposition!.FileNameStar
        );
    }

    [Fact]
    public async Task Five_hundred_entries_are_listed_without_looking_at_any_of_them()
    {
        var info = await server.Http.InfoAsync(Many);

        Assert.True((bool)info["is_playlist"]!);
        Assert.Equal(
            ("Five hundred lab films", "Decant Lab", 500L),
            (info.Text("title"), info.Text("uploader"), info.Number("playlist_count"))
        );
        var entries = info["entries"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, 500), entries.Select(entry => (int)entry!["index"]!));
        Assert.Equal("https://www.youtube.com/watch?v=many0000500", entries[499]!.Text("url"));
        Assert.Equal("Lab film many0000500", entries[499]!.Text("title"));
        Assert.DoesNotContain(server.Lab.Requests.All, request => request.Url.Query.Contains("v=many00004"));
    }

    [Theory]
    [InlineData("3", new[] { 3 })]
    [InlineData("1-2,5", new[] { 1, 2, 5 })]
    [InlineData("4-9", new[] { 4, 5 })]
    public async Task Entries_can_be_picked(string items, int[] expected)
    {
        var answer = await server.DownloadAsync(
            new
            {
                url = Few,
                format = "m4a",
                playlist_items = items,
            }
        );

        Assert.Equal(expected, answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        await server.Http.CancelAsync(answer);
    }

    [Fact]
    public async Task Without_a_pick_the_first_fifty_are_taken_and_the_answer_does_not_keep_anybody_waiting()
    {
        var clock = Stopwatch.StartNew();

        var answer = await server.DownloadAsync(new { url = Many, format = "m4a" });

        var took = clock.Elapsed;
        await server.Http.CancelAsync(answer);
        Assert.Equal(Enumerable.Range(1, 50), answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        Assert.Empty(answer["errors"]!.AsArray());
        Assert.InRange(took, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("3-1")]
    [InlineData("0")]
    [InlineData("1-5001")]
    [InlineData("1-5000,1")]
    [InlineData("1,,2")]
    public async Task A_pick_that_means_nothing_is_refused(string items)
    {
        var answer = await server.PostAsync(JobFlow.Download, new { url = Mixed, playlist_items = items });

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]!["playlist_items"]);
    }

    [Fact]
    public async Task A_pick_past_the_end_is_not_found() =>
        await (await server.PostAsync(JobFlow.Download, new { url = Few, playlist_items = "6-10" })).ReadProblemAsync(
            404,
            "content_not_found"
        );

    [Fact]
    public async Task A_bulk_download_takes_lists_among_others()
    {
        var answer = await (
            await server.PostAsync(
                "/api/v1/video/bulk-download",
                new
                {
                    downloads = new object[]
                    {
                        new { url = server.Origin("media/small.mp4?beside"), format = "m4a" },
                        new { url = Mixed, format = "m4a" },
                        new
                        {
                            url = Few,
                            format = "mp3",
                            playlist_items = "2",
                        },
                    },
                }
            )
        ).ReadOkAsync();

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([null, 1, 3, 2], jobs.Select(job => (int?)job!["playlist_index"]));
        Assert.All(jobs, job => Assert.Equal(answer.Text("batch_id"), job!.Text("batch_id")));
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(
            (1L, 2L, "content_not_found"),
            (error.Number("index"), error.Number("playlist_index"), error.Text("code"))
        );
        await server.Http.CancelAsync(answer);
    }

    [Fact]
    public async Task Without_a_key_one_entry_at_a_time_is_had()
    {
        var problem = await (
            await server.Public.PostAsJsonAsync("/api/v1/video/public/download", new { url = Few, format = "mp3" })
        ).ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]!["playlist_items"]);

        var answer = await (
            await server.Public.PostAsJsonAsync(
                "/api/v1/video/public/download",
                new
                {
                    url = Few,
                    format = "mp3",
                    playlist_items = "2",
                }
            )
        ).ReadOkAsync();
        Assert.Equal(2, answer["job"]!.Number("playlist_index"));
    }
}

[Collection<ListServers<Sqlite>>]
public sealed class ListsOnSqlite(ServerOn<Sqlite> on) : ListTests(on.Server);

[Collection<ListServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ListsOnPostgres(ServerOn<Postgres> on) : ListTests(on.Server);
