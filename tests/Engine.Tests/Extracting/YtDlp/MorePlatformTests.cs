using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>SoundCloud, Twitch and Dailymotion, as the lab emulates them: whatever address, whatever refusal.</summary>
public sealed class MorePlatformTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    private const string SoundCloud = "https://soundcloud.com/decantlab/";
    private const string Twitch = "https://www.twitch.tv/";
    private const string Dailymotion = "https://www.dailymotion.com/";

    [Theory]
    [InlineData(SoundCloud + "track-42", "42", "soundcloud")]
    [InlineData("https://www.soundcloud.com/decantlab/track-42", "42", "soundcloud")]
    [InlineData("https://m.soundcloud.com/decantlab/track-42?utm_source=clipboard", "42", "soundcloud")]
    [InlineData(SoundCloud + "track-42?in=decantlab/sets/lab-set-7", "42", "soundcloud")]
    [InlineData("https://on.soundcloud.com/lab42", "42", "soundcloud")]
    [InlineData("https://api.soundcloud.com/tracks/42", "42", "soundcloud")]
    [InlineData(
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F42",
        "42",
        "soundcloud"
    )]
    [InlineData(SoundCloud + "track-1002/s-labsecret1", "1002", "soundcloud")]
    [InlineData(Twitch + "videos/2100000001", "v2100000001", "twitch")]
    [InlineData("https://m.twitch.tv/videos/2100000001", "v2100000001", "twitch")]
    [InlineData(Twitch + "decantlab/video/2100000001?t=0h0m2s", "v2100000001", "twitch")]
    [InlineData("https://player.twitch.tv/?video=v2100000001&parent=example.com", "v2100000001", "twitch")]
    [InlineData("https://clips.twitch.tv/LabClipOne", "2990194996", "twitch")]
    [InlineData(Twitch + "decantlab/clip/LabClipOne", "2990194996", "twitch")]
    [InlineData("https://m.twitch.tv/clip/LabClipOne", "2990194996", "twitch")]
    [InlineData("https://clips.twitch.tv/embed?clip=LabClipOne&parent=example.com", "2990194996", "twitch")]
    [InlineData(Dailymotion + "video/x8lab01", "x8lab01", "dailymotion")]
    [InlineData("https://dai.ly/x8lab01", "x8lab01", "dailymotion")]
    [InlineData("https://geo.dailymotion.com/player.html?video=x8lab01", "x8lab01", "dailymotion")]
    [InlineData("https://geo.dailymotion.com/player/xlab1.html?video=x8lab01", "x8lab01", "dailymotion")]
    [InlineData("https://www.dailymotion.com/embed/video/x8lab01", "x8lab01", "dailymotion")]
    [InlineData("https://touch.dailymotion.com/video/x8lab01", "x8lab01", "dailymotion")]
    public async Task A_medium_is_found_by_whatever_address(string url, string id, string platform)
    {
        var info = await InspectAsync(url);
        Assert.Equal((id, platform, false), (info.Id, info.Platform.Name, info.IsPlaylist));
        Assert.All(
            (object?[])[info.Duration, info.UploadDate, info.ViewCount, info.ThumbnailUrl, info.Uploader],
            Assert.NotNull
        );
        Assert.Contains(info.Formats, format => format.MayHaveAudio);
    }

    [Theory]
    [InlineData(SoundCloud + "track-1001", "content_not_found")]
    [InlineData(SoundCloud + "track-1002", "content_not_found")]
    [InlineData(SoundCloud + "track-1003", "geo_blocked")]
    [InlineData(SoundCloud + "track-1004", "drm_protected")]
    [InlineData(SoundCloud + "track-1005", "login_required")]
    [InlineData(SoundCloud + "track-1006", "source_rate_limited")]
    [InlineData(SoundCloud + "track-1007", "source_blocked")]
    [InlineData(SoundCloud + "sets/no-such-set", "content_not_found")]
    [InlineData("https://soundcloud.com/nobody-at-all", "content_not_found")]
    [InlineData(Twitch + "videos/2000000001", "content_not_found")]
    [InlineData(Twitch + "videos/2000000002", "login_required")]
    [InlineData(Twitch + "videos/2000000003", "geo_blocked")]
    [InlineData(Twitch + "videos/2000000004", "source_rate_limited")]
    [InlineData(Twitch + "decantlab_offline", "not_started")]
    [InlineData(Twitch + "decantlab_subs", "login_required")]
    [InlineData(Twitch + "nobody_at_all", "content_not_found")]
    [InlineData(Twitch + "nobody_at_all/videos", "content_not_found")]
    [InlineData("https://clips.twitch.tv/LabClipGone", "content_not_found")]
    [InlineData(Dailymotion + "video/xnone001", "content_not_found")]
    [InlineData(Dailymotion + "video/xgone001", "content_not_found")]
    [InlineData(Dailymotion + "video/xpriv001", "private_content")]
    [InlineData(Dailymotion + "video/xpass001", "private_content")]
    [InlineData(Dailymotion + "video/xgeo0001", "geo_blocked")]
    [InlineData(Dailymotion + "video/xadult01", "age_restricted")]
    [InlineData(Dailymotion + "video/xcopy001", "content_not_found")]
    [InlineData(Dailymotion + "video/xsoon001", "source_failed")]
    [InlineData(Dailymotion + "video/xpaid001", "login_required")]
    [InlineData(Dailymotion + "video/xbots001", "source_blocked")]
    [InlineData(Dailymotion + "video/xrate001", "source_rate_limited")]
    [InlineData(Dailymotion + "playlist/xnosuch", "content_not_found")]
    public async Task What_a_platform_refuses_has_a_code(string url, string code)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(url));
        Assert.True(failure.Error.Code == code, $"{failure.Error.Code}: {failure.Message}");
    }

    [Theory]
    [InlineData(SoundCloud + "track-1006", 30)]
    [InlineData(Twitch + "videos/2000000004", 20)]
    [InlineData(Dailymotion + "video/xrate001", 60)]
    public async Task A_platform_that_has_enough_says_for_how_long(string url, int seconds)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(url));
        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
    }

    [Fact]
    public async Task A_country_that_may_see_it_is_named()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(Dailymotion + "video/xgeo0001"));
        Assert.Equal(["FR", "BE"], Assert.IsAssignableFrom<IEnumerable<string>>(failure.Figures["countries"]));
    }

    [Theory]
    [InlineData(SoundCloud + "sets/lab-set-7", "Seven lab tracks", 7, SoundCloud + "track-2001")]
    [InlineData(SoundCloud + "sets/lab-set-500", "Five hundred lab tracks", 500, SoundCloud + "track-3001")]
    [InlineData("https://soundcloud.com/decantlab", "Decant Lab (All)", 3, SoundCloud + "track-2001")]
    [InlineData(SoundCloud + "tracks", "Decant Lab (Tracks)", 3, SoundCloud + "track-2001")]
    [InlineData(Twitch + "decantlab/videos", "decantlab - All Videos sorted by Date", 3, Twitch + "videos/2100000001")]
    [InlineData(Dailymotion + "playlist/xlab5", "xlab5", 5, Dailymotion + "video/xfew0001")]
    [InlineData(Dailymotion + "playlist/xlab250", "xlab250", 250, Dailymotion + "video/xmany0001")]
    [InlineData(Dailymotion + "decantlab", "decantlab", 3, Dailymotion + "video/xfew0001")]
    public async Task A_list_has_its_title_and_entries(string url, string title, int count, string first)
    {
        var info = await InspectAsync(url);
        Assert.Equal((title, count), (info.Title, info.Entries?.Count));
        Assert.Equal(new Uri(first), info.Entries![0].Url);
    }

    [Fact]
    public async Task SoundCloud_offers_sound_in_three_codecs()
    {
        var info = await InspectAsync(SoundCloud + "track-42");
        Assert.All(info.Formats, format => Assert.Null(format.VideoCodec));
        Assert.Equal(
            [("hls_aac_160k", "aac"), ("hls_mp3_1_0", "mp3"), ("hls_opus_0_0", "opus"), ("http_mp3_1_0", "mp3")],
            info.Formats.Select(format => (format.Id, format.AudioCodec!)).Order()
        );
        Assert.Equal("Lab track 42", info.Title);
        Assert.Equal("Decant Lab", info.Artist);
    }

    [Fact]
    public async Task A_channel_on_air_is_live()
    {
        var info = await InspectAsync(Twitch + "decantlab");
        Assert.True(info.IsLive);
        Assert.Null(info.Duration);
        Assert.Equal("DecantLab (live)", info.Title);
        Assert.Contains(info.Formats, format => format.Protocol == FetchProtocol.Hls);
    }

    private Task<MediaInfo> InspectAsync(string url) =>
        fixture.Extractor.InspectAsync(SourceUrl.Parse(url), new InspectOptions(), default);
}
