using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public abstract class ThumbnailTests(DecantServer server)
{
    private const string Thumbnail = "/api/v1/video/thumbnail";

    [Fact]
    public async Task A_thumbnail_alone_is_a_job_that_costs_one_credit()
    {
        var answer = await AskAsync(new { url = LabPages.YouTube("thumbalone"), output_filename = "picture.png" });

        Assert.Equal("Download job created successfully", answer.Text("message"));
        Assert.Equal(1, answer.Number("estimated_credits"));
        var accepted = answer["job"]!;
        Assert.Equal(
            ("thumbnail", "jpg", "PROCESSING"),
            (accepted.Text("kind"), accepted.Text("format"), accepted.Text("status"))
        );

        var job = await server.CompletionOfAsync(accepted.Number("id"));
        Assert.Equal(
            (1, "wallet", 0.01),
            (job.Number("credits_used"), job.Text("billed_to"), (double)job["cost_usd"]!)
        );
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(job.Number("id")));
        Assert.False((bool)job["audio_only"]!);
        Assert.Null(job["video_codec"]);
        Assert.Equal(job.Text("thumbnail_url"), job.Text("download_url"));
        Assert.EndsWith(
            $"/download/thumbnail_{job.Number("id")}.jpg",
            new Uri(job.Text("download_url")).AbsolutePath,
            StringComparison.Ordinal
        );
        var file = await server.Public.GetAsync(new Uri(job.Text("download_url")));
        Assert.Equal("image/jpeg", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("picture.jpg", file.Content.Headers.ContentDisposition!.FileNameStar);
        var picture = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal((0xFF, 0xD8, 0xFF), (picture[0], picture[1], picture[2]));
        Assert.Equal(job.Number("file_size"), picture.Length);
    }

    [Theory]
    // Read in place, and fetched.
    [InlineData("media/small.mp4?thumbnail")]
    [InlineData("media/moov-last.mp4?thumbnail")]
    [InlineData("media/hls-ts/master.m3u8?thumbnail")]
    public async Task A_medium_without_a_thumbnail_gives_a_frame(string path)
    {
        var answer = await AskAsync(new { url = server.Origin(path) });

        var job = await server.CompletionOfAsync(answer["job"]!.Number("id"));
        var picture = await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));
        Assert.Equal((0xFF, 0xD8, 0xFF), (picture[0], picture[1], picture[2]));
        // A run's directory goes once the job has ended.
        await server.UntilAsync(() => Task.FromResult(!server.FilesIn("work").Any()));
    }

    [Fact]
    public async Task A_sound_without_a_picture_is_refused_before_anything_is_queued() =>
        await (await server.PostAsync(Thumbnail, new { url = server.Origin("media/audio.mp3") })).ReadProblemAsync(
            404,
            "content_not_found"
        );

    [Fact]
    public async Task The_same_request_again_is_answered_with_the_same_job()
    {
        var first = await NamedAsync("thumb-once", "thumbsame01");
        var second = await NamedAsync("thumb-once", "thumbsame01");

        Assert.Equal((await first.ReadOkAsync()).ToJsonString(), (await second.ReadOkAsync()).ToJsonString());
        await (await NamedAsync("thumb-once", "thumbsame02")).ReadProblemAsync(409, "idempotency_conflict");
    }

    [Fact]
    public async Task A_list_gives_the_thumbnails_of_its_entries()
    {
        var answer = await AskAsync(
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-few-5", playlist_items = "2-3" }
        );

        Assert.Equal(2, answer["jobs"]!.AsArray().Count);
        Assert.Equal(2, answer.Number("estimated_credits"));
    }

    [Fact]
    public async Task Without_a_credential_there_is_none() =>
        await (await server.Public.PostAsync(Thumbnail, null)).ReadProblemAsync(401, "unauthenticated");

    private async Task<JsonNode> AskAsync(object body) => await (await server.PostAsync(Thumbnail, body)).ReadOkAsync();

    private Task<HttpResponseMessage> NamedAsync(string key, string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Thumbnail)
        {
            Content = JsonContent.Create(new { url = LabPages.YouTube(id) }),
            Headers = { { "Idempotency-Key", key } },
        };
        return server.Http.SendAsync(request);
    }
}

public sealed class ThumbnailsOnSqlite(ServerOn<Sqlite> on)
    : ThumbnailTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ThumbnailsOnPostgres(ServerOn<Postgres> on)
    : ThumbnailTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
