using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class InfoMappingTests
{
    private static readonly Uri Page = new("https://www.youtube.com/watch?v=abc");

    private const string Video = """
        {
          "id": "abc", "title": "Song 2026-11-01 12:00", "fulltitle": "Song", "extractor_key": "Youtube",
          "webpage_url": "https://www.youtube.com/watch?v=abc", "description": "Two\nlines", "uploader": "Someone",
          "upload_date": "20240115", "duration": 185.4, "view_count": 1250000, "like_count": 45000,
          "thumbnail": "https://i.ytimg.com/vi/abc/maxresdefault.jpg", "artist": "A", "album": "B", "track": "C",
          "formats": [
            {"format_id": "sb0", "ext": "mhtml", "protocol": "mhtml", "vcodec": "none", "acodec": "none", "url": "https://x/s"},
            {"format_id": "140", "ext": "m4a", "protocol": "https", "vcodec": "none", "acodec": "mp4a.40.2", "abr": 129.5,
             "tbr": 129.5, "asr": 44100, "audio_channels": 2, "filesize": 3000000, "language": "en", "language_preference": 10,
             "url": "https://x/140", "http_headers": {"User-Agent": "UA", "Referer": "https://www.youtube.com/"}, "cookie_header": "a=b"},
            {"format_id": "137", "ext": "mp4", "protocol": "https", "vcodec": "avc1.640028", "acodec": "none", "width": 1920,
             "height": 1080, "fps": 29.97, "tbr": 4000, "dynamic_range": "SDR", "url": "https://x/137"},
            {"format_id": "hls-1", "ext": "mp4", "protocol": "m3u8_native", "vcodec": "vp09.02.51.10", "acodec": "opus",
             "dynamic_range": "HDR10", "filesize_approx": 777.4, "url": "https://x/i.m3u8"},
            {"format_id": "dash-1", "ext": "mp4", "protocol": "http_dash_segments", "vcodec": "av01.0", "acodec": "none", "url": "https://x/d.mpd"},
            {"format_id": "frag", "ext": "mp4", "protocol": "https", "vcodec": "av01.0", "acodec": "none", "url": "https://x/f", "fragments": [{"url": "https://x/1"}]},
            {"format_id": "drm", "ext": "mp4", "protocol": "https", "vcodec": "avc1", "acodec": "none", "url": "https://x/drm", "has_drm": true},
            {"format_id": "odd", "ext": "flv", "protocol": "rtmp", "url": "rtmp://x/y"}
          ]
        }
        """;

    [Fact]
    public void A_video_is_described_with_all_a_client_sees()
    {
        var info = Map(Video);
        Assert.Equal("abc", info.Id);
        Assert.Equal("Song", info.Title);
        Assert.Equal("Two\nlines", info.Description);
        Assert.Equal("Someone", info.Uploader);
        Assert.Equal(new DateOnly(2024, 1, 15), info.UploadDate);
        Assert.Equal(TimeSpan.FromSeconds(185.4), info.Duration);
        Assert.Equal((1250000, 45000), (info.ViewCount, info.LikeCount));
        Assert.Equal("https://i.ytimg.com/vi/abc/maxresdefault.jpg", info.ThumbnailUrl?.AbsoluteUri);
        Assert.Equal(Platform.YouTube, info.Platform);
        Assert.Equal(("A", "B", "C"), (info.Artist, info.Album, info.Track));
        Assert.False(info.IsLive);
        Assert.False(info.IsPlaylist);
    }

    [Fact]
    public void Formats_keep_their_order_and_pictures_and_protected_ones_are_left_out() =>
        Assert.Equal(["140", "137", "hls-1", "dash-1", "frag", "odd"], Map(Video).Formats.Select(format => format.Id));

    [Fact]
    public void An_audio_format_says_what_it_holds_and_what_its_origin_wants()
    {
        var audio = Map(Video).Formats[0];
        Assert.Equal((null, "aac", true), (audio.VideoCodec, audio.AudioCodec, audio.CodecsKnown));
        Assert.Equal((129500L, 44100, 2), (audio.AudioBitrate, audio.SampleRate, audio.Channels));
        Assert.Equal((3000000L, false), (audio.Size, audio.SizeIsEstimate));
        Assert.Equal(("en", 10), (audio.Language, audio.LanguagePreference));
        Assert.Null(audio.DynamicRange);
        Assert.Equal("UA", audio.Headers["user-agent"]);
        Assert.Equal("a=b", audio.Headers["Cookie"]);
        Assert.Equal("140", audio.Raw.GetProperty("format_id").GetString());
    }

    [Fact]
    public void A_size_is_the_sites_or_else_an_estimate_that_says_so()
    {
        var formats = Map(Video).Formats;
        Assert.Equal((92_700_000L, true), (formats[1].Size, formats[1].SizeIsEstimate));
        Assert.Equal((777L, true), (formats[2].Size, formats[2].SizeIsEstimate));
        Assert.Null(formats[5].Size);
    }

    [Fact]
    public void Each_format_says_how_its_bytes_are_had() =>
        Assert.Equal(
            [
                FetchProtocol.Http,
                FetchProtocol.Http,
                FetchProtocol.Hls,
                FetchProtocol.Dash,
                FetchProtocol.Dash,
                FetchProtocol.Other,
            ],
            Map(Video).Formats.Select(format => format.Protocol)
        );

    [Fact]
    public void Silence_about_codecs_is_told_from_their_absence()
    {
        var odd = Map(Video).Formats[5];
        Assert.False(odd.CodecsKnown);
        Assert.True(odd is { MayHaveVideo: true, MayHaveAudio: true });
    }

    [Theory]
    [InlineData("""["Tyler, The Creator"]""", "Tyler, The Creator")]
    [InlineData("""["Tyler, The Creator", "Kali Uchis"]""", "Tyler, The Creator, Kali Uchis")]
    [InlineData("""["\ud83d", 5, " "]""", "Tyler， The Creator")]
    [InlineData("null", "Tyler， The Creator")]
    public void Artists_are_called_as_they_call_themselves(string artists, string expected) =>
        Assert.Equal(
            expected,
            Map(
                $$"""{"artists": {{artists}}, "artist": "Tyler， The Creator", "formats": [{"format_id": "1", "url": "https://x/1"}]}"""
            ).Artist
        );

    [Fact]
    public void A_live_stream_has_no_length() =>
        Assert.Null(
            Map("""{"is_live": true, "duration": 5, "formats": [{"format_id": "1", "url": "https://x/1"}]}""").Duration
        );

    [Theory]
    [InlineData("""{"formats": [{"format_id": "1", "url": "https://x/1", "has_drm": true}]}""", "drm_protected")]
    [InlineData("""{"formats": [], "_has_drm": true}""", "drm_protected")]
    [InlineData(
        """{"formats": [{"format_id": "1", "url": "https://x/1", "vcodec": "none", "acodec": "none"}]}""",
        "content_not_found"
    )]
    [InlineData("""{}""", "content_not_found")]
    [InlineData("""{"entries": []}""", "content_not_found")]
    [InlineData("""{"live_status": "is_upcoming", "release_timestamp": 1800000000}""", "not_started")]
    [InlineData(
        """{"direct": true, "formats": [{"format_id": "0", "ext": "jpg", "url": "https://x/a.jpg"}]}""",
        "unsupported_url"
    )]
    public void A_page_without_media_to_be_had_is_refused(string json, string code) =>
        Assert.Equal(code, Assert.Throws<MediaException>(() => Map(json)).Error.Code);

    [Fact]
    public void Hostile_values_count_as_absent()
    {
        var info = Map(
            """
            {"id": 7, "title": "a\u0000b\u001b[31m\r\nc", "duration": 1e300, "view_count": -5, "like_count": 1e99, "upload_date": "20241399",
             "timestamp": 1e18, "thumbnail": "javascript:alert(1)", "webpage_url": "file:///etc/passwd", "description": ["x"],
             "formats": [{"format_id": "1", "url": "https://x/1", "height": 1e12, "fps": -1, "filesize": -3, "tbr": "9", "http_headers": {"A": "b\r\nX: y", "C": 5}}]}
            """
        );
        Assert.Equal("ab[31m c", info.Title);
        Assert.Equal(Page, info.PageUrl);
        Assert.Equal((null, null, null), (info.Duration, info.ViewCount, info.UploadDate));
        Assert.Null(info.ThumbnailUrl);
        Assert.Null(info.Description);
        Assert.Equal(
            (null, null, null),
            (info.Formats[0].Height, info.Formats[0].FramesPerSecond, info.Formats[0].Size)
        );
        Assert.Empty(info.Formats[0].Headers);
    }

    [Fact]
    public void A_list_has_entries_in_order_and_says_how_many_there_are()
    {
        var info = Map(
            """
            {"id": "PL1", "title": "List", "extractor_key": "YoutubeTab", "playlist_count": 120, "entries": [
              {"url": "https://www.youtube.com/watch?v=a", "id": "a", "title": "A", "duration": 10},
              {"url": "not a url", "id": "b"},
              {"url": "https://www.youtube.com/watch?v=c", "id": "c"}]}
            """
        );
        Assert.True(info.IsPlaylist);
        Assert.Equal(120, info.PlaylistCount);
        Assert.Equal([1, 3], info.Entries!.Select(entry => entry.Index));
        Assert.Equal(("A", TimeSpan.FromSeconds(10)), (info.Entries![0].Title, info.Entries[0].Duration));
        Assert.Empty(info.Formats);
    }

    [Theory]
    [InlineData("Youtube", "youtube")]
    [InlineData("YoutubeTab", "youtube")]
    [InlineData("TikTokVM", "tiktok")]
    [InlineData("InstagramStory", "instagram")]
    [InlineData("VimeoChannel", "vimeo")]
    [InlineData("TwitterSpaces", "twitter")]
    [InlineData("FacebookReel", "facebook")]
    [InlineData("TwitchClips", "twitch")]
    [InlineData("DailymotionPlaylist", "dailymotion")]
    [InlineData("Soundcloud", "soundcloud")]
    [InlineData("Generic", "other")]
    [InlineData(null, "other")]
    public void An_extractor_stands_for_a_platform(string? extractor, string platform) =>
        Assert.Equal(platform, Platforms.Of(extractor).Name);

    private static MediaInfo Map(string json) => InfoMapping.Map(JsonDocument.Parse(json).RootElement, Page, default);
}
