using System.Net.Http.Json;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Presets;

public abstract class PresetTests(DecantServer server)
{
    private const string Presets = "/api/v1/presets";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_has_the_built_in_ones_and_ones_own_come_after_them()
    {
        var ada = await Person.RegisterAsync(server);
        var kept = await PutAsync(
            ada,
            "Night train",
            new
            {
                format = "opus",
                quality = "64kbps",
                normalize = -20,
            }
        );
        await PutAsync(ada, "car", new { format = "mp3", subtitles = new { languages = new[] { "en" } } });

        var listed = await (await ada.Http.GetAsync(Presets, Stop)).ReadOkAsync();

        Assert.Equal(
            ["best", "1080p", "everywhere", "small", "mp3", "sound", "car", "Night train"],
            listed["items"]!.AsArray().Select(preset => preset!.Text("name"))
        );
        Assert.Equal(
            [true, true, true, true, true, true, false, false],
            listed["items"]!.AsArray().Select(preset => (bool)preset!["built_in"]!)
        );
        Assert.Equal(
            ("opus", "64kbps", -20d, false),
            (kept.Text("format"), kept.Text("quality"), (double)kept["normalize"]!, (bool)kept["built_in"]!)
        );
        var car = await (await ada.Http.GetAsync($"{Presets}/CAR", Stop)).ReadOkAsync();
        Assert.Equal("en", (string?)car["subtitles"]!["languages"]![0]);
    }

    [Fact]
    public async Task A_name_is_kept_once_whatever_its_spelling_and_can_be_deleted()
    {
        var ada = await Person.RegisterAsync(server);
        await PutAsync(ada, "Größe XL", new { format = "mkv" });

        var changed = await PutAsync(ada, "größe xl", new { format = "webm" });
        await (await ada.Http.DeleteAsync($"{Presets}/GRÖSSE%20XL", Stop)).ReadProblemAsync(404, "not_found");
        await (await ada.Http.DeleteAsync($"{Presets}/GRÖßE%20XL", Stop)).ReadOkAsync();

        Assert.Equal(("größe xl", "webm"), (changed.Text("name"), changed.Text("format")));
        Assert.Null(changed["quality"]);
        await (await ada.Http.GetAsync($"{Presets}/größe%20xl", Stop)).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_download_by_name_is_as_the_preset_says_but_for_what_it_says_itself()
    {
        var ada = await Person.RegisterAsync(server);
        await PutAsync(
            ada,
            "talk",
            new
            {
                format = "mp3",
                quality = "64kbps",
                include_thumbnail = true,
            }
        );
        var url = server.Origin("media/small.mp4?by-name");

        var named = (await ada.Http.DownloadAsync(new { url, preset = "Talk" }))["job"]!;
        var otherQuality = (
            await ada.Http.DownloadAsync(
                new
                {
                    url,
                    preset = "talk",
                    quality = "128kbps",
                }
            )
        )["job"]!;
        // The preset's bit rate would be a contradiction of a picture.
        var otherFormat = (
            await ada.Http.DownloadAsync(
                new
                {
                    url,
                    preset = "talk",
                    format = "mkv",
                }
            )
        )["job"]!;

        Assert.Equal(
            [("mp3", "64kbps", true), ("mp3", "128kbps", true), ("mkv", "best", true)],
            new[] { named, otherQuality, otherFormat }.Select(job =>
                (job.Text("format"), job.Text("quality"), (bool)job["include_thumbnail"]!)
            )
        );
        var made = await ada.Http.CompletionOfAsync(named.Number("id"));
        Assert.Equal("mp3", made.Text("audio_codec"));
    }

    [Fact]
    public async Task A_bulk_requests_preset_is_for_the_entries_that_name_none()
    {
        var ada = await Person.RegisterAsync(server);
        await PutAsync(ada, "lossless", new { format = "flac" });
        var url = server.Origin("media/small.mp4?bulk-presets");

        var batch = await (
            await ada.Http.PostAsJsonAsync(
                "/api/v1/video/video-download/bulk-download",
                new
                {
                    downloads = new object[] { new { url }, new { url, preset = "mp3" }, new { url, format = "webm" } },
                    preset = "lossless",
                },
                Stop
            )
        ).ReadOkAsync();
        var unknown = await ada.Http.PostAsJsonAsync(
            "/api/v1/video/video-download/bulk-download",
            new { downloads = new object[] { new { url, preset = "nobody's" } } },
            Stop
        );

        Assert.Equal(["flac", "mp3", "webm"], batch["jobs"]!.AsArray().Select(job => job!.Text("format")));
        var problem = await unknown.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]!["downloads[0].preset"]);
    }

    [Theory]
    [InlineData("media/small.mp4", "m4a", "aac")]
    [InlineData("media/audio.mp3", "mp3", "mp3")]
    [InlineData("media/vp9-opus.webm", "opus", "opus")]
    public async Task The_sound_as_it_is_comes_in_a_container_that_takes_it(string path, string format, string codec)
    {
        var job = (await server.DownloadAsync(new { url = server.Origin($"{path}?as-it-is"), preset = "sound" }))[
            "job"
        ]!;

        var made = await server.CompletionOfAsync(job.Number("id"));

        Assert.Equal((format, format), (job.Text("format"), made.Text("format")));
        Assert.Equal(codec, made.Text("audio_codec"));
        Assert.Null((string?)made["video_codec"]);
    }

    [Fact]
    public async Task Another_accounts_presets_are_not_there()
    {
        var ada = await Person.RegisterAsync(server);
        var bob = await Person.RegisterAsync(server);
        await PutAsync(ada, "mine", new { format = "mp3" });

        await (await bob.Http.GetAsync($"{Presets}/mine", Stop)).ReadProblemAsync(404, "not_found");
        await (await bob.Http.DeleteAsync($"{Presets}/mine", Stop)).ReadProblemAsync(404, "not_found");
        var answer = await bob.Http.PostAsJsonAsync(
            JobFlow.Download,
            new { url = server.Origin("media/small.mp4"), preset = "mine" },
            Stop
        );
        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["preset"]);
    }

    [Theory]
    [InlineData("MP3", """{"format": "wav"}""", "name")]
    [InlineData("a%2Fb", """{"format": "wav"}""", "name")]
    [InlineData("%20", """{"format": "wav"}""", "name")]
    [InlineData("50%25", """{"format": "wav"}""", "name")]
    [InlineData("a%0Ab", """{"format": "wav"}""", "name")]
    [InlineData("torn", """{"format": "mp3", "quality": "720p"}""", "quality")]
    [InlineData("torn", """{"format": "mp3", "video_codec": "h264"}""", "video_codec")]
    public async Task A_preset_that_could_never_be_used_is_refused_by_its_field(string name, string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await server.Http.PutAsync($"{Presets}/{name}", content, Stop);

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]![field]);
    }

    [Fact]
    public async Task Strangers_have_the_built_in_ones_within_the_public_limits()
    {
        const string download = "/api/v1/video/public/download";
        var url = server.Origin("media/small.mp4?public-presets");

        var job = (
            await (await server.Public.PostAsJsonAsync(download, new { url, preset = "mp3" }, Stop)).ReadOkAsync()
        )["job"]!;
        var beyond = await server.Public.PostAsJsonAsync(download, new { url, preset = "sound" }, Stop);

        Assert.Equal("mp3", job.Text("format"));
        Assert.NotNull((await beyond.ReadProblemAsync(400, "invalid_request"))["errors"]!["format"]);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> PutAsync(Person person, string name, object preset) =>
        await (await person.Http.PutAsJsonAsync($"{Presets}/{Uri.EscapeDataString(name)}", preset, Stop)).ReadOkAsync();
}

public sealed class PresetOnSqlite(OpenServerOn<Sqlite> on)
    : PresetTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class PresetOnPostgres(OpenServerOn<Postgres> on)
    : PresetTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
