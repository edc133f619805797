using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Downloads;

public abstract class SubtitleTests(DecantServer server)
{
    private const string Bulk = "/api/v1/video/bulk-download";

    [Fact]
    public async Task Info_lists_the_subtitles_there_are()
    {
        var info = await (
            await server.PostAsync(
                "/api/v1/video/info",
                new { url = LabPages.YouTube("subslisted"), include_formats = true }
            )
        ).ReadOkAsync();

        Assert.Equal(
            ["en False", "de False", "en-orig True", "en True", "de True", "fr True"],
            info["subtitles"]!.AsArray().Select(one => $"{one!["language"]} {(bool)one["automatic"]!}")
        );
    }

    [Fact]
    public async Task Subtitles_beside_the_medium_are_links_of_the_job_and_go_with_its_files()
    {
        var id = await server.StartAsync(
            new
            {
                url = LabPages.YouTube("subsbeside"),
                format = "mp3",
                output_filename = "talk.mp3",
                subtitles = new { languages = new[] { "en", "fr" }, format = "vtt" },
            }
        );

        var job = await server.CompletionOfAsync(id);
        var subtitles = job["subtitles"]!.AsArray();
        Assert.Equal(["en vtt False", "fr vtt True"], subtitles.Select(Show));
        var answer = await server.Public.GetAsync(new Uri(subtitles[0]!.Text("url")));
        Assert.StartsWith(
            "WEBVTT\n\n00:00:00.000 --> ",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("text/vtt", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("talk.en.vtt", answer.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.EndsWith(
            $"/download/subtitles_{id}_en.vtt",
            new Uri(subtitles[0]!.Text("url")).AbsolutePath,
            StringComparison.Ordinal
        );
        Assert.Equal(
            3,
            server.FilesIn("files").Count(file => Path.GetFileName(file).StartsWith($"{id}-", StringComparison.Ordinal))
        );

        await ExpireAsync(id);

        var later = await server.JobAsync(id);
        Assert.Null(later["download_url"]);
        Assert.Equal(["en vtt False", "fr vtt True"], later["subtitles"]!.AsArray().Select(Show));
        Assert.All(later["subtitles"]!.AsArray(), one => Assert.Null(one!["url"]));
        Assert.DoesNotContain(
            server.FilesIn("files"),
            file => Path.GetFileName(file).StartsWith($"{id}-", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("\"en,de\"")]
    [InlineData("[\"en\", \"de\"]")]
    [InlineData("{\"languages\": [\"en\", \"de\"], \"mode\": \"embed\"}")]
    public async Task Subtitles_inside_the_medium_are_told_without_a_link(string subtitles)
    {
        var id = await server.StartAsync(
            new
            {
                url = LabPages.YouTube("subsinside"),
                format = "mkv",
                quality = "144p",
                subtitles = JsonNode.Parse(subtitles),
            }
        );

        var job = await server.CompletionOfAsync(id);
        Assert.Equal(["en  False", "de  False"], job["subtitles"]!.AsArray().Select(Show));
        Assert.All(job["subtitles"]!.AsArray(), one => Assert.Null(one!["url"]));
        var probe = await Probe.ReadAsync(await server.Public.GetByteArrayAsync(new Uri(job.Text("download_url"))));
        Assert.Equal(["subrip", "subrip"], probe.Streams.Where(stream => stream == "subrip"));
    }

    [Fact]
    public async Task A_batchs_subtitles_are_those_of_every_entry_that_names_no_others()
    {
        var answer = await (
            await server.PostAsync(
                Bulk,
                new
                {
                    downloads = new object[]
                    {
                        new { url = LabPages.YouTube("subsbulk1"), format = "mp3" },
                        new
                        {
                            url = LabPages.YouTube("subsbulk2"),
                            format = "mp3",
                            subtitles = new { languages = "fr", format = "vtt" },
                        },
                    },
                    subtitles = new[] { "en", "de" },
                }
            )
        ).ReadOkAsync();

        var made = new List<IEnumerable<string>>();
        foreach (var job in answer["jobs"]!.AsArray())
        {
            var done = await server.CompletionOfAsync(job!.Number("id"));
            made.Add(done["subtitles"]!.AsArray().Select(Show));
        }

        Assert.Equal(
            [
                ["en srt False", "de srt False"],
                ["fr vtt True"],
            ],
            made
        );
    }

    [Fact]
    public async Task A_batchs_subtitles_that_an_entry_cannot_hold_are_named_by_entry()
    {
        var answer = await server.PostAsync(
            Bulk,
            new
            {
                downloads = new object[]
                {
                    new { url = LabPages.YouTube("subsbulk3"), format = "mp4" },
                    new { url = LabPages.YouTube("subsbulk4"), format = "mp3" },
                    new
                    {
                        url = LabPages.YouTube("subsbulk5"),
                        format = "mp4",
                        subtitles = "%%",
                    },
                },
                subtitles = new { languages = "en", mode = "embed" },
            }
        );

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.Equal(
            ["downloads[1].subtitles.mode", "downloads[2].subtitles.languages"],
            problem["errors"]!.AsObject().Select(error => error.Key)
        );
    }

    [Fact]
    public async Task A_language_that_one_entry_has_not_stops_no_other()
    {
        var answer = await (
            await server.PostAsync(
                Bulk,
                new
                {
                    downloads = new object[]
                    {
                        new { url = LabPages.YouTube("subsbulk6"), format = "mp3" },
                        new
                        {
                            url = LabPages.YouTube("subsbulk7"),
                            format = "mp3",
                            subtitles = "ja",
                        },
                    },
                    subtitles = "en",
                }
            )
        ).ReadOkAsync();

        Assert.Single(answer["jobs"]!.AsArray());
        Assert.Equal(
            ["1 unknown_format"],
            answer["errors"]!.AsArray().Select(error => $"{error!["index"]} {error.Text("code")}")
        );
    }

    [Fact]
    public async Task Without_a_credential_there_are_subtitles_too()
    {
        var answer = await server.Public.PostAsJsonAsync(
            "/api/v1/video/public/download",
            new
            {
                url = LabPages.YouTube("subspublic"),
                format = "mp3",
                subtitles = "en",
            }
        );
        var accepted = (await answer.ReadOkAsync())["job"]!;
        JsonNode job = accepted;
        await server.UntilAsync(async () =>
        {
            job = await (await server.Public.GetAsync(new Uri(accepted.Text("status_url")))).ReadOkAsync();
            return job.Text("status") != "PROCESSING";
        });

        Assert.True(job.Text("status") == "COMPLETED", job.ToJsonString());
        var one = Assert.Single(job["subtitles"]!.AsArray());
        Assert.Equal("en srt False", Show(one));
        Assert.StartsWith(
            "1\n00:00:00,000 --> ",
            await server.Public.GetStringAsync(new Uri(one!.Text("url"))),
            StringComparison.Ordinal
        );
    }

    private static string Show(JsonNode? one) => $"{one!["language"]} {one["format"]} {(bool)one["automatic"]!}";

    private async Task ExpireAsync(long id)
    {
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .Jobs.Where(job => job.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.ExpiresAt, DateTimeOffset.UnixEpoch));
        }

        await server.Services.GetServices<IHostedService>().OfType<FileJanitor>().Single().RunAsync(default);
    }
}

public sealed class SubtitlesOnSqlite(ServerOn<Sqlite> on) : SubtitleTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class SubtitlesOnPostgres(ServerOn<Postgres> on)
    : SubtitleTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
