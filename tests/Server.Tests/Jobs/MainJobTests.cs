using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class MainJobTests(DecantServer server)
{
    [Fact]
    public async Task A_url_goes_in_and_the_file_comes_out()
    {
        var url = server.Origin("media/small.mp4?main");
        var answer = await server.DownloadAsync(
            new
            {
                url,
                format = "mp4",
                quality = "1080p",
            }
        );

        Assert.Equal("Download job created successfully", answer.Text("message"));
        Assert.Equal(6, answer.Number("estimated_credits"));
        var accepted = answer["job"]!;
        Assert.Equal("PROCESSING", accepted.Text("status"));
        Assert.Equal(0, (double)accepted["progress"]!);
        Assert.Equal("queued", accepted.Text("stage"));
        Assert.Equal(url, accepted.Text("url"));
        Assert.True(Guid.TryParse(accepted.Text("task_id"), out _));

        var job = await server.CompletionOfAsync(accepted.Number("id"));
        Assert.Equal(100, (double)job["progress"]!);
        Assert.Equal("done", job.Text("stage"));
        Assert.Equal(("1280x720", 25), (job.Text("resolution"), job.Number("fps")));
        Assert.Equal(("h264", "aac"), (job.Text("video_codec"), job.Text("audio_codec")));
        Assert.Equal(6, job.Number("credits_used"));
        Assert.Equal(("wallet", 0.01), (job.Text("billed_to"), (double)job["cost_usd"]!));
        Assert.EndsWith("Z", job.Text("completed_at"), StringComparison.Ordinal);
        var file = await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));
        Assert.Equal(job.Number("file_size"), file.Length);
        var probe = await Probe.ReadAsync(file);
        Assert.Contains("mp4", probe.Format, StringComparison.Ordinal);
        Assert.Equal(["h264 1280x720", "aac"], probe.Streams);
        Assert.InRange(probe.Seconds, 9.8, 10.2);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(job.Number("id")));
        Assert.Empty(server.FilesIn("work"));
    }

    [Fact]
    public async Task A_video_page_becomes_an_mp3_and_its_picture()
    {
        var id = await server.StartAsync(
            new
            {
                url = LabPages.YouTube("mainmp3"),
                format = "mp3",
                quality = "128kbps",
                include_thumbnail = true,
            }
        );

        var job = await server.CompletionOfAsync(id);
        Assert.Equal("youtube", job.Text("platform"));
        Assert.True((bool)job["audio_only"]!);
        Assert.Null(job["resolution"]);
        var sound = await Probe.ReadAsync(await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url"))));
        Assert.Equal("mp3", sound.Format);
        Assert.Equal("mp3", sound.Streams[0]);
        var picture = await server.Public.GetByteArrayAsync(new Uri(job.Text("thumbnail_url")));
        Assert.Equal([0xFF, 0xD8, 0xFF], picture[..3]);
    }

    [Fact]
    public async Task A_video_container_without_its_picture_is_the_familys_audio()
    {
        var id = await server.StartAsync(
            new
            {
                url = server.Origin("media/small.mp4?twin"),
                format = "mp4",
                quality = "720p",
                audio_only = true,
            }
        );

        var job = await server.CompletionOfAsync(id);
        Assert.Equal("m4a", job.Text("format"));
        Assert.EndsWith(
            $"/download/video_{id}.m4a",
            new Uri(job.Text("download_url")).AbsolutePath,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Progress_moves_and_never_falls()
    {
        // Slow for each of the several connections, so that there is something to watch.
        var id = await server.StartAsync(new { url = server.Origin("paced/100000/0/media/small.mp4?progress") });

        var seen = new List<double>();
        await foreach (var job in server.Http.WatchAsync(id))
        {
            seen.Add((double)job["progress"]!);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.True(seen.Distinct().Count() > 4, string.Join(", ", seen));
        Assert.Equal(100, seen[^1]);
    }
}

public sealed class MainJobOnSqlite(ServerOn<Sqlite> on) : MainJobTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class MainJobOnPostgres(ServerOn<Postgres> on)
    : MainJobTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
