using System.Text.Json;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Records of plain files, made without Python: each field as yt-dlp would have said it.</summary>
public sealed class FileRecordTests(AloneFixture fixture) : IClassFixture<AloneFixture>
{
    [Theory]
    [InlineData("film.mp4")]
    [InlineData("film.mp4?x=a.b&y=/c/d.webm")]
    [InlineData("film.mp4?x=/.b/")]
    [InlineData("some/deep/folder/film.mkv?type=video/x-matroska")]
    [InlineData("some%20film%2Fcut.v2.mp4")]
    [InlineData("caf\u00e9 \u6620\u753b.mp4")]
    [InlineData("a+b&c='d'.mp4?x=%2F&y=%5B1%5D")]
    [InlineData("%41%7e_(a),b!.MP4")]
    [InlineData("sound.mp3?type=audio/mpeg")]
    [InlineData("sound.m4a?type=AUDIO/X-M4A")]
    [InlineData("sound.m4a?type=audio/mp4")]
    [InlineData("sound.ogg?type=audio/ogg")]
    [InlineData("sound.wav?type=audio/wav")]
    [InlineData("film.webm?type=audio/webm")]
    [InlineData("film.mp4?type=video/vnd.odd-kind")]
    [InlineData("film.mp4?length=no")]
    [InlineData("film.mp4?Last-Modified=Tue,%2015%20Nov%202022%2012:45:26%20GMT")]
    [InlineData("old.mp4?status=302&Location=/new.webm%3Ftype%3Dvideo%2Fwebm")]
    public async Task A_plain_file_is_said_without_python(string path)
    {
        await using var alone = fixture.CreateAlone();

        await AssertSameAsync(alone, path);

        Assert.False(alone.Status.Ready);
        Assert.Null(alone.Status.Since);
    }

    [Theory]
    [InlineData("not-utf8-%ff%fe.mp4")]
    [InlineData("b,c;d=e.mp4")]
    [InlineData("..mp4")]
    [InlineData("sound.mp4?type=audio/mp4;%20codecs=%22mp4a.40.2%22")]
    [InlineData("sound.ogg?type=application/ogg")]
    [InlineData("film.mp4?type=application/octet-stream")]
    [InlineData("film.mp4?type=video/vnd.odd%2Bkind")]
    [InlineData("film.mp4?Last-Modified=Thu,%2001%20Jan%201970%2000:00:00%20GMT")]
    [InlineData("film.mp4?Last-Modified=15%20November%202022%2012:45%20%2B0900")]
    [InlineData("film.mp4?Last-Modified=yesterday")]
    public async Task What_is_less_plain_is_yt_dlps_to_say_and_the_origin_is_asked_once(string path)
    {
        await using var alone = fixture.CreateAlone();
        var before = fixture.Plain.Origin.Hits;

        await AssertSameAsync(alone, path);

        Assert.True(alone.Status.Ready);
        Assert.Equal(2, fixture.Plain.Origin.Hits - before);
    }

    [Theory]
    [InlineData("Mediasite/Play/0123456789abcdef0123456789abcdef.mp4")]
    [InlineData("film.mp4?status=302&Location=/Mediasite/Play/0123456789abcdef0123456789abcdef.mp4")]
    public async Task A_file_that_a_sites_own_extractor_knows_is_left_to_it(string path)
    {
        await using var alone = fixture.CreateAlone();
        Assert.Null(await alone.TryInspectPlainAsync(new Uri(fixture.Plain.Origin.Url, path), default));
    }

    [Fact]
    public async Task An_index_of_another_package_is_not_believed()
    {
        using var copy = new ExtractorCopy("2027.01.01");
        using var index = ScratchDirectory.Create("index");
        fixture.CopyIndex(index.Path);
        await using var alone = fixture.CreateAlone(copy.Folder, index.Path);

        await AssertSameAsync(alone, "film.mp4");

        Assert.Equal("2027.01.01", alone.Status.Version);
    }

    [Fact]
    public async Task A_server_says_it_without_python_before_its_extractor_is_warm()
    {
        await using var server = fixture.CreateServers(null, fixture.IndexFolder);

        await AssertSameAsync(server, "film.mp4");

        Assert.Null(server.Status.Since);
    }

    [Fact]
    public async Task Another_extractor_that_a_server_moves_to_brings_its_own_patterns()
    {
        using var copy = new ExtractorCopy("2027.01.01");
        using var index = ScratchDirectory.Create("index");
        await using var server = fixture.CreateServers(copy.Folder, index.Path);
        await server.StartAsync(default);
        await AssertSameAsync(server, "film.mp4");
        copy.Claim(@"https?://[^/]+/(?P<id>film)\.mp4");

        await server.ReloadAsync(default);

        Assert.Null(await server.TryInspectPlainAsync(new Uri(fixture.Plain.Origin.Url, "film.mp4"), default));
        await AssertSameAsync(server, "other.mp4");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"format": 2, "own": null, "addresses": null}""")]
    [InlineData("""{"format": 2, "own": null, "package": 7, "changed": "now"}""")]
    public void A_file_that_is_no_index_is_none(string text)
    {
        using var folder = ScratchDirectory.Create("index");
        File.WriteAllText(Path.Combine(folder.Path, "extractors-2026.11.23-1.json"), text);

        Assert.Null(SiteClaims.TryRead(new EngineOptions { ExtractorIndexFolder = folder.Path }));
    }

    private async Task AssertSameAsync(Extractor alone, string path)
    {
        var url = new Uri(fixture.Plain.Origin.Url, path);
        var full = await fixture.Plain.Extractor.InspectAsync(url, new InspectOptions(), default);
        var plain = await alone.TryInspectPlainAsync(url, default);
        plain?.Opened?.Dispose();

        Assert.NotNull(plain);
        Assert.Equivalent(Bare(full), Bare(plain.Info), strict: true);
    }

    /// <summary>Without the record itself, of which a plain file's fetch needs nothing, and the name of a browser, of which each process picks one.</summary>
    private static MediaInfo Bare(MediaInfo info) =>
        info with
        {
            Formats =
            [
                .. info.Formats.Select(format =>
                    format with
                    {
                        Raw = default(JsonElement),
                        Headers = format
                            .Headers.Where(header => header.Key != "User-Agent")
                            .ToDictionary(StringComparer.OrdinalIgnoreCase),
                    }
                ),
            ],
        };
}
