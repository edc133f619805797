using System.Diagnostics;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class InspectTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    [Fact]
    public async Task A_link_to_a_file_is_a_medium_of_one_format()
    {
        var info = await InspectAsync("/media/small.mp4");
        var format = Assert.Single(info.Formats);
        Assert.Equal(("small", "mp4", FetchProtocol.Http), (info.Title, format.Extension, format.Protocol));
        Assert.Equal(fixture.On("/media/small.mp4"), format.Url);
        Assert.Equal(Platform.Other, info.Platform);
        Assert.False(format.CodecsKnown);
    }

    [Fact]
    public async Task A_playlist_is_asked_for_once_by_a_look_up_and_anew_by_the_next()
    {
        const string path = "/media/hls-discontinuity/index.m3u8";
        var before = fixture.Lab.Requests.Hits(path);

        var first = await InspectAsync(path);
        Assert.Equal(before + 1, fixture.Lab.Requests.Hits(path));
        Assert.NotNull(first.Duration);

        await InspectAsync(path);
        Assert.Equal(before + 2, fixture.Lab.Requests.Hits(path));
    }

    [Fact]
    public async Task A_page_with_one_video_is_that_video()
    {
        var info = await InspectAsync("/page/video");
        Assert.False(info.IsPlaylist);
        Assert.Equal("A page with a video", info.Title);
        Assert.Equal(fixture.On("/page/video"), info.PageUrl);
        Assert.Equal("/media/thumb-1280x720.jpg", info.ThumbnailUrl?.AbsolutePath);
        Assert.Equal("/media/small.mp4", Assert.Single(info.Formats).Url.AbsolutePath);
    }

    [Theory]
    [InlineData("/page/og", FetchProtocol.Http)]
    [InlineData("/page/hls", FetchProtocol.Hls)]
    [InlineData("/media/dash/manifest.mpd", FetchProtocol.Dash)]
    public async Task Media_are_found_however_a_page_offers_them(string path, FetchProtocol protocol) =>
        Assert.All((await InspectAsync(path)).Formats, format => Assert.Equal(protocol, format.Protocol));

    [Fact]
    public async Task A_stream_lists_its_renditions_from_worst_to_best()
    {
        var formats = (await InspectAsync("/media/hls-ts/master.m3u8")).Formats;
        Assert.Equal([240, 360, 720], formats.Select(format => format.Height));
        Assert.All(formats, format => Assert.Equal(("h264", "aac"), (format.VideoCodec, format.AudioCodec)));
    }

    [Theory]
    [InlineData("/status/404", "content_not_found")]
    [InlineData("/status/410", "content_not_found")]
    [InlineData("/status/403", "source_blocked")]
    [InlineData("/status/401", "login_required")]
    [InlineData("/status/500", "source_failed")]
    [InlineData("/status/503", "source_failed")]
    [InlineData("/status/504", "source_timeout")]
    [InlineData("/page/none", "unsupported_url")]
    [InlineData("/html/video.mp4", "unsupported_url")]
    [InlineData("/media/thumb-1280x720.jpg", "unsupported_url")]
    public async Task A_page_that_gives_nothing_says_why(string path, string code) =>
        Assert.Equal(code, (await FailAsync(path)).Error.Code);

    [Fact]
    public async Task A_source_that_has_enough_says_for_how_long()
    {
        var failure = await FailAsync("/status/429?retry-after=7");
        Assert.Equal(MediaError.SourceRateLimited, failure.Error);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    [Theory]
    [InlineData("/inward/redirect/video.mp4", "127.0.0.1")]
    [InlineData("/inward/metadata/video.mp4", "169.254.169.254")]
    public async Task A_redirect_inwards_is_refused_by_name_and_reaches_nothing(string path, string host)
    {
        var failure = await FailAsync(path);
        Assert.Equal(MediaError.BlockedAddress, failure.Error);
        Assert.Contains(host, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Lab.InternalService.Hits);
    }

    [Fact]
    public async Task An_endless_page_is_source_failed()
    {
        var failure = await FailAsync("/endless/page.html");
        Assert.Equal(MediaError.SourceFailed, failure.Error);
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_says_nothing_is_source_timeout_at_the_deadline()
    {
        await using var hasty = fixture.Create(new EngineOptions { InspectTimeout = TimeSpan.FromSeconds(1) });
        await hasty.StartAsync(default);
        var began = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            hasty.InspectAsync(fixture.On("/silent/small.mp4"), new InspectOptions(), default)
        );
        Assert.Equal(MediaError.SourceTimeout, failure.Error);
        Assert.InRange(
            Stopwatch.GetElapsedTime(began),
            TimeSpan.FromSeconds(0.9),
            Quiet.Bound(TimeSpan.FromSeconds(3))
        );
    }

    [Fact]
    public async Task A_cancelled_look_up_ends_within_a_second()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = fixture.On($"/silent/{Guid.NewGuid():N}.mp4");
        var look = fixture.Extractor.InspectAsync(asked, new InspectOptions(), cancellation.Token);
        await fixture.Lab.Requests.WaitForAsync(asked.AbsolutePath, 1, default);
        var began = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Many_look_ups_go_on_at_once()
    {
        var looks = Enumerable.Range(0, 20).Select(_ => InspectAsync("/media/small.mp4"));
        Assert.All(await Task.WhenAll(looks), info => Assert.Single(info.Formats));
    }

    [Fact]
    public async Task Options_smuggled_behind_the_fragment_are_dropped()
    {
        var smuggled = Uri.EscapeDataString("""{"force_videoid": "mine", "to_generic": true}""");
        var info = await InspectAsync($"/page/video#__youtubedl_smuggle={smuggled}");
        Assert.DoesNotContain("mine", info.Id, StringComparison.Ordinal);
    }

    private Task<MediaInfo> InspectAsync(string path) =>
        fixture.Extractor.InspectAsync(fixture.On(path), new InspectOptions(), default);

    private Task<MediaException> FailAsync(string path) => Assert.ThrowsAsync<MediaException>(() => InspectAsync(path));
}
