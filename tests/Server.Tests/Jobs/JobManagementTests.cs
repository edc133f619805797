using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Lab.Serving;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <param name="server">The server.</param>
/// <param name="ownMedium">A medium that no other class takes, so that a fault scripted for it strikes here.</param>
public abstract class JobManagementTests(DecantServer server, string ownMedium)
{
    private const string Slow = "paced/10000/0/media/small.mp4";

    [Fact]
    public async Task I_can_cancel_a_running_download_and_get_my_money_back()
    {
        var id = await server.StartAsync(new { url = server.Origin($"{Slow}?cancel") });
        await server.WhenAsync(id, job => job.Text("stage") == "downloading");

        var answer = await (await PostAsync($"{id}/cancel")).ReadOkAsync();

        Assert.Equal("CANCELLED", answer.Text("status"));
        Assert.Null(answer["download_url"]);
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
        Assert.Equal("CANCELLED", (await server.JobAsync(id)).Text("status"));
    }

    [Fact]
    public async Task Cancelling_twice_is_cancelling_once()
    {
        var id = await server.StartAsync(new { url = server.Origin($"{Slow}?twice") });

        await (await PostAsync($"{id}/cancel")).ReadOkAsync();
        await (await PostAsync($"{id}/cancel")).ReadOkAsync();

        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task A_completed_job_can_neither_be_cancelled_nor_run_again()
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?done"), format = "m4a" });
        await server.CompletionOfAsync(id);

        await (await PostAsync($"{id}/cancel")).ReadProblemAsync(409, "wrong_state");
        await (await PostAsync($"{id}/retry")).ReadProblemAsync(409, "wrong_state");
    }

    [Fact]
    public async Task A_failed_job_can_be_run_again_and_is_paid_for_again()
    {
        var url = server.Origin($"media/{ownMedium}");
        // Looked up while it is there; gone when the run wants it, and when it looks again, itself and by the extractor. How often that
        // is depends on the machine: what does not come at once is asked for over more connections.
        await (await server.PostAsync("/api/v1/video/info", new { url })).ReadOkAsync();
        server.Lab.Faults.Script($"/media/{ownMedium}", Fault.Status(404), times: int.MaxValue);
        var id = await server.StartAsync(new { url, format = "wav" });
        var failed = await server.EndOfAsync(id);
        server.Lab.Faults.Forget($"/media/{ownMedium}");
        Assert.Equal("FAILED", failed.Text("status"));
        Assert.Equal("content_not_found", failed["error"]!.Text("code"));

        var again = await (await PostAsync($"{id}/retry")).ReadOkAsync();

        Assert.Equal("PROCESSING", again.Text("status"));
        Assert.Null(again["error"]);
        await server.CompletionOfAsync(id);
        Assert.Equal(["Hold -1", "Release 1", "Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task Deleting_a_job_removes_its_files_and_keeps_the_books()
    {
        var id = await server.StartAsync(
            new
            {
                url = server.Origin("media/small.mp4?delete"),
                format = "m4a",
                include_thumbnail = true,
            }
        );
        var job = await server.CompletionOfAsync(id);
        Assert.Equal(2, FilesOf(id).Count());

        var answer = await (await server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();

        Assert.Equal("Job deleted successfully", answer.Text("message"));
        Assert.Empty(FilesOf(id));
        await (await server.Http.GetAsync($"{JobFlow.Jobs}/{id}")).ReadProblemAsync(404, "not_found");
        await (await server.Public.GetAsync(new Uri(job.Text("download_url")))).ReadProblemAsync(404, "not_found");
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task Deleting_a_running_job_cancels_it_first()
    {
        var id = await server.StartAsync(new { url = server.Origin($"{Slow}?deleterunning") });
        await server.WhenAsync(id, job => job.Text("stage") == "downloading");

        await (await server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();

        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
        Assert.Empty(FilesOf(id));
    }

    [Fact]
    public async Task A_title_of_my_own_names_the_job_and_its_file()
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?title"), format = "m4a" });
        var before = await server.CompletionOfAsync(id);

        var job = await (
            await server.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = "My Custom Video Title" })
        ).ReadOkAsync();

        Assert.Equal("My Custom Video Title", job.Text("title"));
        Assert.Equal(before.Text("original_title"), job.Text("original_title"));
        var file = await server.Public.GetAsync(new Uri(job.Text("download_url")));
        Assert.Equal("My Custom Video Title.m4a", file.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\0b")]
    [InlineData(null)]
    public async Task An_empty_title_is_refused(string? title)
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?notitle"), format = "m4a" });

        var problem = await (await server.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title })).ReadProblemAsync(
            400,
            "invalid_request"
        );

        Assert.NotNull(problem["errors"]!["title"]);
    }

    [Fact]
    public async Task Another_accounts_job_is_not_there()
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?mine"), format = "m4a" });
        await server.CompletionOfAsync(id);
        using var stranger = await server.NewClientAsync();

        await (await stranger.GetAsync($"{JobFlow.Jobs}/{id}")).ReadProblemAsync(404, "not_found");
        await (await stranger.GetAsync($"{JobFlow.Jobs}/{id}/events")).ReadProblemAsync(404, "not_found");
        await (await stranger.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadProblemAsync(404, "not_found");
        await (await stranger.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = "Mine" })).ReadProblemAsync(
            404,
            "not_found"
        );
        await (await stranger.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadProblemAsync(404, "not_found");
        await (await stranger.PostAsync($"{JobFlow.Jobs}/{id}/retry", null)).ReadProblemAsync(404, "not_found");
        Assert.Equal("COMPLETED", (await server.JobAsync(id)).Text("status"));
    }

    [Fact]
    public async Task The_list_is_filtered_paged_and_newest_first()
    {
        using var client = await server.NewClientAsync();
        var ids = new List<long>();
        foreach (var format in (string[])["m4a", "wav", "m4a"])
        {
            var answer = await client.PostAsJsonAsync(
                JobFlow.Download,
                new { url = server.Origin($"media/small.mp4?list{ids.Count}"), format }
            );
            ids.Add((await answer.ReadOkAsync())["job"]!.Number("id"));
        }

        var all = await ListAsync(client, "");
        Assert.Equal((3, 50, 0), (all.Number("total"), all.Number("limit"), all.Number("skip")));
        Assert.Equal(ids.AsEnumerable().Reverse(), IdsOf(all));
        var page = await ListAsync(client, "?limit=1&skip=1");
        Assert.Equal(3, page.Number("total"));
        Assert.Equal([ids[1]], IdsOf(page));
        Assert.Equal([ids[2], ids[0]], IdsOf(await ListAsync(client, "?format=m4a&platform=other")));
        Assert.Empty(IdsOf(await ListAsync(client, "?platform=youtube")));
        Assert.Empty(IdsOf(await ListAsync(client, "?status=FAILED")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("skip=-1", "skip")]
    [InlineData("status=DONE", "status")]
    [InlineData("platform=myspace", "platform")]
    [InlineData("format=exe", "format")]
    public async Task A_filter_that_means_nothing_is_refused_by_name(string query, string field)
    {
        var problem = await (await server.Http.GetAsync($"{JobFlow.Jobs}?{query}")).ReadProblemAsync(
            400,
            "invalid_request"
        );

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Both_path_families_show_the_same_job()
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?family"), format = "m4a" });
        await server.CompletionOfAsync(id);

        var older = await (await server.Http.GetAsync($"/api/v1/video/jobs/{id}")).ReadOkAsync();

        Assert.Equal((await server.JobAsync(id)).ToJsonString(), older.ToJsonString());
    }

    private Task<HttpResponseMessage> PostAsync(string path) => server.Http.PostAsync($"{JobFlow.Jobs}/{path}", null);

    private IEnumerable<string> FilesOf(long id) =>
        server.FilesIn("files").Where(path => Path.GetFileName(path).StartsWith($"{id}-", StringComparison.Ordinal));

    private static async Task<JsonNode> ListAsync(HttpClient client, string query) =>
        await (await client.GetAsync(JobFlow.Jobs + query)).ReadOkAsync();

    private static IEnumerable<long> IdsOf(JsonNode list) => list["items"]!.AsArray().Select(job => job!.Number("id"));
}

public sealed class JobManagementOnSqlite(ServerOn<Sqlite> on)
    : JobManagementTests(on.Server, "audio.mp3"),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class JobManagementOnPostgres(ServerOn<Postgres> on)
    : JobManagementTests(on.Server, "audio.ogg"),
        IClassFixture<ServerOn<Postgres>>;
