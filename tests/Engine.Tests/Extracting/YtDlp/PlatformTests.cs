using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The platforms the lab emulates, under their own names.</summary>
public sealed class PlatformTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    private const string YouTube = "https://www.youtube.com/watch?v=";
    private const string TikTok = "https://www.tiktok.com/@decantlab/video/";

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=abcdefghij0")]
    [InlineData("https://youtu.be/abcdefghij0")]
    [InlineData("https://www.youtube.com/shorts/abcdefghij0")]
    [InlineData("https://www.youtube.com/watch?v=abcdefghij0&list=PLdecant-lab-few-5&index=2")]
    public async Task A_youtube_video_is_found_by_whatever_address(string url)
    {
        var info = await InspectAsync(url);
        Assert.Equal(("abcdefghij0", Platform.YouTube), (info.Id, info.Platform));
        Assert.Equal("Lab film abcdefghij0", info.Title);
        Assert.Equal("Decant Lab", info.Uploader);
        Assert.False(info.IsPlaylist);
        Assert.NotNull(info.Duration);
        Assert.NotNull(info.UploadDate);
        Assert.NotNull(info.ViewCount);
        Assert.NotNull(info.ThumbnailUrl);
        Assert.Contains(info.Formats, format => format is { VideoCodec: null, AudioCodec: "aac", CodecsKnown: true });
        Assert.Contains(info.Formats, format => format is { VideoCodec: "h264", AudioCodec: null, CodecsKnown: true });
    }

    [Fact]
    public async Task A_stream_to_come_says_when_it_begins()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(YouTube + "upcoming001"));
        var startsAt = Assert.IsType<DateTimeOffset>(failure.Figures["starts_at"]);
        Assert.InRange(startsAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public async Task A_live_stream_says_that_it_is_on_air()
    {
        var info = await InspectAsync(YouTube + "livenow0001");
        Assert.True(info.IsLive);
        Assert.Null(info.Duration);
        Assert.Equal("Lab film livenow0001", info.Title);
        Assert.Contains(info.Formats, format => format.Protocol == FetchProtocol.Hls);
    }

    [Fact]
    public async Task A_list_is_read_as_far_as_asked_and_knows_its_length()
    {
        var info = await InspectAsync("https://www.youtube.com/playlist?list=PLdecant-lab-many-500", maxEntries: 120);
        Assert.Equal(("Five hundred lab films", 500, 120), (info.Title, info.PlaylistCount, info.Entries!.Count));
        Assert.Equal(new Uri(YouTube + "many0000120"), info.Entries[^1].Url);
        Assert.Equal(Platform.YouTube, info.Platform);
    }

    [Theory]
    [InlineData(TikTok + "7100000000000000042")]
    [InlineData("https://vm.tiktok.com/ZMlab42/")]
    public async Task A_tiktok_post_brings_the_cookie_its_cdn_wants(string url)
    {
        var info = await InspectAsync(url);
        Assert.Equal(("7100000000000000042", Platform.TikTok), (info.Id, info.Platform));
        Assert.All(
            info.Formats,
            format => Assert.Contains("tt_chain_token", format.Headers["Cookie"], StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("https://vimeo.com/712345678")]
    [InlineData("https://vimeo.com/700000007")]
    public async Task A_film_whose_page_is_closed_comes_through_vimeos_player(string url)
    {
        var info = await InspectAsync(url);
        Assert.Equal((new Uri(url), Platform.Vimeo), (info.PageUrl, info.Platform));
        Assert.NotEmpty(info.Formats);
        Assert.NotNull(info.Description);
        Assert.NotNull(info.UploadDate);
    }

    [Theory]
    [InlineData(YouTube + "abcdefghij0")]
    [InlineData(TikTok + "7100000000000000042")]
    public async Task The_extractors_downloader_fetches_what_it_found(string url)
    {
        var directory = Directory.CreateTempSubdirectory("decant-test-");
        try
        {
            var path = Path.Combine(directory.FullName, "source.bin");
            var format = (await InspectAsync(url)).Formats[^1];
            await fixture.Extractor.DownloadAsync(format, path, 1 << 30, new Progress<FetchProgress>(), default);
            Assert.InRange(new FileInfo(path).Length, 10_000, 1 << 30);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private Task<MediaInfo> InspectAsync(string url, int maxEntries = 500) =>
        fixture.Extractor.InspectAsync(SourceUrl.Parse(url), new InspectOptions { MaxEntries = maxEntries }, default);
}
