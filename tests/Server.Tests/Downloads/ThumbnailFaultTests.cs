using System.Text.Json.Nodes;
using Decant.Lab.Serving;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

/// <param name="server">The server.</param>
/// <param name="ownMedium">A medium without a thumbnail that no other class takes, so that faults scripted for it strike here.</param>
public abstract class ThumbnailFaultTests(DecantServer server, string ownMedium)
{
    private const string Thumbnail = "/api/v1/video/thumbnail";

    /// <summary>The best of YouTube's, which is the one taken.</summary>
    private static string BestOf(string id) => $"/vi_webp/{id}/maxresdefault.webp";

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("cut")]
    public async Task A_sites_thumbnail_that_is_broken_gives_a_frame_of_the_video(string how)
    {
        var id = NewId();
        var fault = how switch
        {
            "missing" => Fault.Status(404),
            "empty" => Fault.Status(200),
            _ => Fault.CutAfter(1000),
        };
        server.Lab.Faults.Script(BestOf(id), fault);

        var answer = await (await server.PostAsync(Thumbnail, new { url = LabPages.YouTube(id) })).ReadOkAsync();

        var job = await server.CompletionOfAsync(answer["job"]!.Number("id"));
        Assert.Equal(1, job.Number("attempts"));
        var picture = await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));
        Assert.Equal((0xFF, 0xD8, 0xFF), (picture[0], picture[1], picture[2]));
        // It was asked for, and was broken.
        Assert.False(server.Lab.Faults.IsWaiting(BestOf(id)));
    }

    [Fact]
    public async Task A_download_goes_on_with_a_frame_where_the_sites_thumbnail_is_broken()
    {
        var id = NewId();
        server.Lab.Faults.Script(BestOf(id), Fault.Status(200));

        var job = await server.CompletionOfAsync(
            await server.StartAsync(
                new
                {
                    url = LabPages.YouTube(id),
                    quality = "144p",
                    include_thumbnail = true,
                }
            )
        );

        var picture = await server.Public.GetByteArrayAsync(new Uri(job.Text("thumbnail_url")));
        Assert.Equal((0xFF, 0xD8, 0xFF), (picture[0], picture[1], picture[2]));
        Assert.False(server.Lab.Faults.IsWaiting(BestOf(id)));
    }

    [Fact]
    public async Task A_source_that_refuses_in_passing_is_asked_again_and_one_that_always_does_fails_the_job()
    {
        var path = $"/media/{ownMedium}";
        // The frame is looked for in place, once more without a range (ADR 0038), and then in the whole file, all in one run.
        var passing = await AskAsync("passing", () => server.Lab.Faults.Script(path, Fault.Status(403), times: 2));

        var done = await server.CompletionOfAsync(passing);

        Assert.Equal(1, done.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(passing));

        var failing = await AskAsync("failing", () => server.Lab.Faults.Script(path, Fault.Status(403), times: 1000));

        var failed = await server.EndOfAsync(failing);
        // A refusal that lasts is final (ADR 0038), and no second run would change it.
        Assert.Equal(("FAILED", 1), (failed.Text("status"), failed.Number("attempts")));
        Assert.NotEmpty(failed["error"]!.Text("message"));
        Assert.Null(failed["download_url"]);
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(failing));
        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
    }

    private async Task<long> AskAsync(string query, Action fault)
    {
        var url = server.Origin($"media/{ownMedium}?{query}");
        // From the cache afterwards, so that the faults meet the job.
        await (await server.PostAsync("/api/v1/video/info", new { url })).ReadOkAsync();
        fault();
        return (await (await server.PostAsync(Thumbnail, new { url })).ReadOkAsync())["job"]!.Number("id");
    }

    private static string NewId() => $"tf{Guid.NewGuid():n}"[..11];
}

public sealed class ThumbnailFaultsOnSqlite(QuickRetries<Sqlite> on)
    : ThumbnailFaultTests(on.Server, "video-only.mp4"),
        IClassFixture<QuickRetries<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ThumbnailFaultsOnPostgres(QuickRetries<Postgres> on)
    : ThumbnailFaultTests(on.Server, "vertical.mp4"),
        IClassFixture<QuickRetries<Postgres>>;
