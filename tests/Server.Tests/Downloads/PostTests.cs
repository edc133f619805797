using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

/// <summary>Posts with several media in them.</summary>
public abstract class PostTests(DecantServer server)
{
    private const string Post = "https://www.instagram.com/p/Ccarousel01/";

    [Fact]
    public async Task Of_a_post_with_several_media_each_is_a_job_and_what_is_none_an_error_beside_them()
    {
        var entries = (await server.Http.InfoAsync(Post))["entries"]!.AsArray();
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
        var entries = (await server.Http.InfoAsync(Post))["entries"]!.AsArray();
        var url = entries[2]!.Text("url");
        Assert.Equal(url, (await server.Http.InfoAsync(url)).Text("webpage_url"));

        var answer = await server.DownloadAsync(new { url, format = "mp4" });

        Assert.Null(answer["jobs"]);
        var job = await server.CompletionOfAsync(answer["job"]!.Number("id"));
        Assert.Equal("aac", job.Text("audio_codec"));
        await (await server.PostAsync(JobFlow.Download, new { url = entries[1]!.Text("url") })).ReadProblemAsync(
            404,
            "content_not_found"
        );
    }
}

[Collection<ListServers<Sqlite>>]
public sealed class PostsOnSqlite(ServerOn<Sqlite> on) : PostTests(on.Server);

[Collection<ListServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class PostsOnPostgres(ServerOn<Postgres> on) : PostTests(on.Server);
