using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public abstract class ListTests(DecantServer server)
{
    private const string Few = "https://www.youtube.com/playlist?list=PLdecant-lab-few-5";
    private const string Many = "https://www.youtube.com/playlist?list=PLdecant-lab-many-500";
    private const string Sets = "https://soundcloud.com/decantlab/sets";
    private const string Post = "https://www.instagram.com/p/Ccarousel01/";
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
    public async Task Of_a_post_with_several_media_each_is_a_job_and_what_is_none_an_error_beside_them()
    {
        var entries = (await InfoAsync(server.Http, Post))["entries"]!.AsArray();
        Assert.Equal([1, 2, 3, 4], entries.Select(entry => (int)entry!["index"]!));
        Assert.Equal(
            [null, "content_not_found", null, "content_not_found"],
            entries.Select(entry => (string?)entry!["error"]?["code"])
        );

        var answer = await server.DownloadAsync(new { url = Post, format = "m4a" });

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal([2L, 4L], answer["errors"]!.AsArray().Select(error => error!.Number("playlist_index")));
        foreach (var (job, entry) in jobs.Zip([entries[0]!, entries[2]!]))
        {
            var done = await server.CompletionOfAsync(job!.Number("id"));
            Assert.Equal(
                (entry.Text("url"), entry.Text("video_id"), "instagram"),
                (done.Text("url"), done.Text("video_id"), done.Text("platform"))
            );
        }
    }

    [Fact]
    public async Task The_address_of_an_entry_of_a_post_is_downloaded_as_any_other()
    {
        var entries = (await InfoAsync(server.Http, Post))["entries"]!.AsArray();
        var url = entries[2]!.Text("url");
        Assert.Equal(url, (await InfoAsync(server.Http, url)).Text("webpage_url"));

        var answer = await server.DownloadAsync(new { url, format = "mp4" });

        Assert.Null(answer["jobs"]);
        var job = await server.CompletionOfAsync(answer["job"]!.Number("id"));
        Assert.Equal("aac", job.Text("audio_codec"));
        await (await server.PostAsync(JobFlow.Download, new { url = entries[1]!.Text("url") })).ReadProblemAsync(
            404,
            "content_not_found"
        );
    }

    [Fact]
    public async Task Five_hundred_entries_are_listed_without_looking_at_any_of_them()
    {
        var info = await InfoAsync(server.Http, Many);

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
        await CancelAsync(server.Http, answer);
    }

    [Fact]
    public async Task Without_a_pick_the_first_fifty_are_taken_and_the_answer_does_not_keep_anybody_waiting()
    {
        var clock = Stopwatch.StartNew();

        var answer = await server.DownloadAsync(new { url = Many, format = "m4a" });

        var took = clock.Elapsed;
        await CancelAsync(server.Http, answer);
        Assert.Equal(Enumerable.Range(1, 50), answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        Assert.Empty(answer["errors"]!.AsArray());
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("3-1")]
    [InlineData("0")]
    [InlineData("1-51")]
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

    [Theory]
    [InlineData("https://www.youtube.com/@decantlab", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/channel/UCdecantlab0000000000000", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/c/DecantLab", "Decant Lab", 45)]
    [InlineData("https://m.youtube.com/user/DecantLab", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/@decantlab/videos", "Decant Lab - Videos", 40)]
    [InlineData("https://www.youtube.com/@decantlab/shorts", "Decant Lab - Shorts", 3)]
    [InlineData("https://www.youtube.com/@decantlab/streams", "Decant Lab - Live", 2)]
    [InlineData("https://www.youtube.com/@decantfilms", "Decant Films - Videos", 4)]
    public async Task A_channel_is_a_list_of_what_is_in_its_tabs(string url, string title, int count)
    {
        var info = await InfoAsync(server.Http, url);

        Assert.Equal((title, count), (info.Text("title"), info["entries"]!.AsArray().Count));
        Assert.Equal(count, info.Number("playlist_count"));
    }

    [Fact]
    public async Task A_list_of_lists_is_a_list_of_what_is_in_them()
    {
        var info = await InfoAsync(server.Http, Sets);

        var entries = info["entries"]!.AsArray();
        Assert.Equal(11, info.Number("playlist_count"));
        Assert.Equal(Enumerable.Range(1, 11), entries.Select(entry => (int)entry!["index"]!));
        Assert.EndsWith("/track-2002", entries[1]!.Text("url"), StringComparison.Ordinal);
        Assert.EndsWith("/track-2003", entries[9]!.Text("url"), StringComparison.Ordinal);
        Assert.EndsWith("/sets/lab-set-gone", entries[10]!.Text("url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picks_count_through_the_lists_of_a_list_and_a_broken_one_hurts_no_other()
    {
        var answer = await server.DownloadAsync(
            new
            {
                url = Sets,
                format = "mp3",
                playlist_items = "2,8,11",
            }
        );

        Assert.Equal([2, 8], answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(("content_not_found", 11L), (error.Text("code"), error.Number("playlist_index")));
        await CancelAsync(server.Http, answer);
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_not_found() =>
        await (
            await server.PostAsync("/api/v1/video/info", new { url = "https://www.youtube.com/@nobodyatall" })
        ).ReadProblemAsync(404, "content_not_found");

    [Fact]
    public async Task Shorts_and_broadcasts_of_a_channel_can_be_picked_behind_its_videos()
    {
        var answer = await server.DownloadAsync(
            new
            {
                url = "https://www.youtube.com/@decantlab",
                format = "m4a",
                playlist_items = "40,41,45",
            }
        );

        Assert.Equal([40, 41, 45], answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        Assert.Equal(3, answer["jobs"]!.AsArray().Select(job => job!.Text("url")).Distinct().Count());
        await CancelAsync(server.Http, answer);
    }

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
        await CancelAsync(server.Http, answer);
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

    private static async Task<JsonNode> InfoAsync(HttpClient client, string url) =>
        await (await client.PostAsJsonAsync("/api/v1/video/info", new { url, include_formats = true })).ReadOkAsync();

    private static async Task CancelAsync(HttpClient client, JsonNode answer) =>
        await (await client.PostAsync($"/api/v1/video/batches/{answer.Text("batch_id")}/cancel", null)).ReadOkAsync();
}

public sealed class ListsOnSqlite(ServerOn<Sqlite> on) : ListTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ListsOnPostgres(ServerOn<Postgres> on) : ListTests(on.Server), IClassFixture<ServerOn<Postgres>>;

public sealed class ImpatientListTests
{
    [Fact]
    public async Task Entries_whose_turn_does_not_come_in_time_are_taken_at_the_lists_word()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Downloads:ListPatience=00:00:00");

        var answer = await server.DownloadAsync(
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3", format = "m4a" }
        );

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 2, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal("Lab film mixed000003", jobs[2]!.Text("title"));
        await server.CompletionOfAsync(jobs[2]!.Number("id"));
        var gone = await server.EndOfAsync(jobs[1]!.Number("id"));
        Assert.Equal("content_not_found", gone["error"]!.Text("code"));
    }
}
