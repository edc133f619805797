using System.Text.Json.Nodes;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>What is a file itself is looked up without a child of the extractor, and by the answer nobody can tell.</summary>
public sealed class PlainLookTests(LabEngine lab, PlainFixture fixture) : IClassFixture<PlainFixture>
{
    private static readonly SourceIdentity Somebody = new("somebody", [new("127.0.0.1", "/", "name", "value", false)]);

    [Theory]
    [InlineData("media/small.mp4")]
    [InlineData("media/small.mp4?a=1.5&b=/c/d.webm")]
    [InlineData("media/small.mkv")]
    [InlineData("media/vp9-opus.webm")]
    [InlineData("media/audio.webm")]
    [InlineData("media/audio.m4a")]
    [InlineData("media/audio.mp3")]
    [InlineData("media/audio.ogg")]
    [InlineData("media/audio.opus")]
    [InlineData("media/audio.wav")]
    [InlineData("media/audio.flac")]
    [InlineData("no-range/small.mp4")]
    public Task A_file_is_what_the_extractor_finds_it_to_be(string path) => AssertSameAsync(lab.At(path));

    [Theory]
    [InlineData("some%20film%2Fcut.v2.mp4")]
    [InlineData("caf\u00e9 \u6620\u753b.mp4")]
    [InlineData("not-utf8-%ff%fe.mp4")]
    [InlineData("percent%25%zz.mp4")]
    [InlineData("%41%7e_(a),b;c=d!.MP4")]
    [InlineData("a+b&c='d'.mp4?x=%2F&y=%5B1%5D")]
    [InlineData(".mp4")]
    [InlineData("sound.mp3?type=audio/mpeg")]
    [InlineData("sound.mp4?type=audio/mp4;%20codecs=%22mp4a.40.2%22")]
    [InlineData("sound.m4a?type=AUDIO/X-M4A")]
    [InlineData("sound.m4a?type=audio/mp4")]
    [InlineData("sound.ogg?type=application/ogg")]
    [InlineData("sound.flac?type=application/octet-stream")]
    [InlineData("film.mp4?type=application/octet-stream")]
    [InlineData("film.mp4?type=binary/octet-stream")]
    [InlineData("film.mp4?type=video/vnd.odd%2Bkind")]
    [InlineData("film.mp4?length=no")]
    [InlineData("film.mp4?Content-Disposition=attachment;%20filename=%22other.webm%22")]
    [InlineData("film.mp4?Last-Modified=Tue,%2015%20Nov%202022%2012:45:26%20GMT")]
    [InlineData("film.mp4?Last-Modified=Thu,%2001%20Jan%201970%2000:00:00%20GMT")]
    [InlineData("film.mp4?Last-Modified=15%20November%202022%2012:45%20%2B0900")]
    [InlineData("film.mp4?Last-Modified=yesterday")]
    [InlineData("old.mp4?status=302&Location=/new.webm%3Ftype%3Dvideo%2Fwebm")]
    [InlineData("old.mp4?status=308&Location=/newer.mp4%3Fstatus%3D301%26Location%3D%2Flast.mp4")]
    public Task However_it_is_named_and_served(string path) => AssertSameAsync(new Uri(fixture.Origin.Url, path));

    [Theory]
    [InlineData("film?type=video/mp4")]
    [InlineData("film.mp4#t=10")]
    [InlineData("page.html?type=text/html&body=html")]
    [InlineData("film.mp4?type=text/html&body=html")]
    [InlineData("film.mp4?type=application/octet-stream&body=html")]
    [InlineData("film.mp4?type=application/octet-stream&body=playlist")]
    [InlineData("film.mp4?type=application/vnd.apple.mpegurl&body=playlist")]
    [InlineData("film.mp4?type=video/x-mpegurl&body=playlist")]
    [InlineData("film.mp4?type=video/f4m&body=html")]
    [InlineData("film.mp4?type=image/jpeg")]
    [InlineData("film.mp4?body=empty")]
    [InlineData("film.mp4?Set-Cookie=a=b")]
    [InlineData("film.mp4?Content-Encoding=gzip")]
    [InlineData("film.mp4?status=404")]
    [InlineData("film.mp4?status=206")]
    [InlineData("film.mp4?status=206&Content-Range=bytes%205-10/20")]
    [InlineData("film.mp4?status=302&Location=/page%3Ftype%3Dtext%2Fhtml%26body%3Dhtml")]
    [InlineData("film.mp4?status=302&Location=ftp%3A%2F%2F127.0.0.1%2Ffilm.mp4")]
    [InlineData("film.mp4?status=302&Location=/film.mp4&Set-Cookie=a=b")]
    [InlineData("film.mp4?status=302&Location=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DjNQXAC9IVRw")]
    public async Task Whatever_else_it_is_the_extractor_is_asked(string path) => Assert.Null(await TryAsync(path));

    [Fact]
    public async Task Somebodys_cookies_and_a_platforms_own_addresses_are_the_extractors()
    {
        var page = new SourcePage(new Uri(fixture.Origin.Url, "film.mp4")) { Identity = Somebody };
        Assert.Null(await fixture.Extractor.TryInspectPlainAsync(page, default));
        Assert.Null(
            await fixture.Extractor.TryInspectPlainAsync(new Uri("https://video.twimg.com.x.com/film.mp4"), default)
        );
    }

    [Theory]
    [InlineData("Mediasite/Play/0123456789abcdef0123456789abcdef.mp4")]
    [InlineData("film.mp4?status=302&Location=/Mediasite/Play/0123456789abcdef0123456789abcdef.mp4")]
    public async Task A_file_that_a_sites_own_extractor_knows_is_left_to_it(string path) =>
        Assert.Null(await TryAsync(path));

    [Fact]
    public async Task A_redirect_inwards_is_refused_as_ever_and_reaches_nothing()
    {
        var inside = Uri.EscapeDataString(new Uri(fixture.Inside.Url, "secret.mp4").AbsoluteUri);
        var page = new Uri(fixture.Origin.Url, $"film.mp4?status=302&Location={inside}");

        Assert.Null(await fixture.Extractor.TryInspectPlainAsync(page, default));
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            fixture.Extractor.InspectAsync(page, new InspectOptions(), default)
        );

        Assert.Equal(MediaError.BlockedAddress, failure.Error);
        Assert.Equal(0, fixture.Inside.Hits);
    }

    [Fact]
    public async Task Endless_redirects_heads_and_bodies_come_to_an_end()
    {
        Assert.Null(await TryAsync("film.mp4?circle"));
        Assert.Null(await TryAsync("film.mp4?head=long"));
        Assert.NotNull(await TryAsync("film.mp4?type=application/octet-stream&body=endless"));
    }

    [Fact]
    public async Task The_origin_of_a_file_is_asked_once()
    {
        await lab.Engine.InspectAsync(lab.At("media/small.mp4?first"), new InspectOptions(), default);
        var path = $"/media/small.mp4?once={Guid.NewGuid():N}";
        await lab.Engine.InspectAsync(lab.At(path), new InspectOptions(), default);
        Assert.Single(
            lab.Lab.Requests.All,
            request => request.Url.Query.Contains(path.Split('=')[1], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_address_on_which_a_sites_pattern_does_not_end_keeps_nobody_waiting()
    {
        using var copy = new ExtractorCopy("2027.01.01");
        copy.Backtrack();
        await using var extractor = fixture.Create(new EngineOptions { ExtractorFolder = copy.Folder });
        await extractor.StartAsync(default);
        var endless = new Uri(fixture.Origin.Url, $"{new string('a', 60)}.mp4");

        Assert.Null(await extractor.TryInspectPlainAsync(endless, default));
        using var next = (
            await extractor.TryInspectPlainAsync(new Uri(fixture.Origin.Url, "film.mp4"), default)
        )!.Opened;
    }

    private Task<LookedUp?> TryAsync(string path) =>
        fixture.Extractor.TryInspectPlainAsync(new Uri(fixture.Origin.Url, path), default);

    private async Task AssertSameAsync(Uri url)
    {
        // The lab's very first answer takes seconds, and only the extractor waits so long.
        var full = await fixture.Extractor.InspectAsync(url, new InspectOptions(), default);
        var plain = await fixture.Extractor.TryInspectPlainAsync(url, default);
        plain?.Opened?.Dispose();

        Assert.NotNull(plain);
        Assert.Equivalent(full, plain.Info, strict: true);
        Assert.Equal(Record(full), Record(plain.Info));
    }

    /// <summary>The extractor's own, which its downloader may be given.</summary>
    private static string Record(MediaInfo info)
    {
        var record = JsonNode.Parse(Assert.Single(info.Formats).Raw.GetRawText())!.AsObject();
        record.Remove("epoch");
        return record.ToJsonString();
    }
}
