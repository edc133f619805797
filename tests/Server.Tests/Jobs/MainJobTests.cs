using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public abstract class MainJobTests(DecantServer server)
{
    [Fact]
    public async Task A_url_goes_in_and_the_file_comes_out()
    {
        var url = new Uri(server.Lab.PublicOrigin, "media/small.mp4?main").ToString();
        var answer = await server.DownloadAsync(
            new
            {
                url,
                format = "mp4",
                quality = "1080p",
                include_thumbnail = false,
            }
        );

        Assert.Equal("Download job created successfully", answer.Text("message"));
        Assert.Equal(6, answer.Number("estimated_credits"));
        var accepted = answer.GetProperty("job");
        Assert.Equal("PROCESSING", accepted.Text("status"));
        Assert.Equal(url, accepted.Text("url"));
        Assert.True(Guid.TryParse(accepted.Text("task_id"), out _));

        var job = await server.EndOfAsync(accepted.Number("id"));
        Assert.Equal("COMPLETED", job.Text("status"));
        Assert.Equal(100, job.GetProperty("progress").GetDouble());
        var file = await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));
        Assert.Equal(job.Number("file_size"), file.Length);
        var probe = await Probe.ReadAsync(file);
        Assert.Contains("mp4", probe.Format, StringComparison.Ordinal);
        Assert.Equal(["h264 1280x720", "aac"], probe.Streams);
        Assert.InRange(probe.Seconds, 9.8, 10.2);
    }
}

public sealed class MainJobOnSqlite(ServerOn<Sqlite> on) : MainJobTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class MainJobOnPostgres(ServerOn<Postgres> on)
    : MainJobTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
