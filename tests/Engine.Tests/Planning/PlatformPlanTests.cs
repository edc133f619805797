using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using static Decant.Engine.Tests.Planning.Sources;

namespace Decant.Engine.Tests.Planning;

/// <summary>Golden plans: what is picked and made of media as each platform's extractor describes them, rates rounded.</summary>
public sealed class PlatformPlanTests
{
    private static readonly Dictionary<string, MediaInfo> Platforms = new()
    {
        ["youtube"] = YouTube(),
        // One file each, vertical; "bytevc1" is HEVC and the watermarked download stands among the rest.
        ["tiktok"] = Medium(
            Both("download", 1024, 1000) with
            {
                Width = 576,
            },
            Both("h264_540p_1", 1024, 900) with
            {
                Width = 576,
            },
            Both("bytevc1_720p_1", 1280, 1100, "hevc") with
            {
                Width = 720,
            },
            Both("bytevc1_1080p_1", 1920, 2000, "hevc") with
            {
                Width = 1080,
            }
        ),
        // HLS with sound apart whose codec no manifest names, and plain files of less.
        ["x"] = Medium(
            Format("hls-audio-128000", "mp4") with
            {
                CodecsKnown = false,
                VideoAbsent = true,
                Protocol = FetchProtocol.Hls,
            },
            Picture("hls-832", "h264", 360, 800) with
            {
                Protocol = FetchProtocol.Hls,
            },
            Picture("hls-2176", "h264", 720, 2100) with
            {
                Protocol = FetchProtocol.Hls,
            },
            Format("http-832", "mp4") with
            {
                CodecsKnown = false,
                Width = 640,
                Height = 360,
                TotalBitrate = 832_000,
            },
            Format("http-2176", "mp4") with
            {
                CodecsKnown = false,
                Width = 1280,
                Height = 720,
                TotalBitrate = 2_176_000,
            }
        ),
        // Progressive HLS and plain files of sound alone.
        ["soundcloud"] = Medium(
            Sound("hls_mp3_1_0", "mp3", 128) with
            {
                Protocol = FetchProtocol.Hls,
            },
            Sound("http_mp3_1_0", "mp3", 128),
            Sound("hls_aac_160k", "aac", 160) with
            {
                Protocol = FetchProtocol.Hls,
            },
            Sound("hls_opus_0_0", "opus", 64) with
            {
                Protocol = FetchProtocol.Hls,
            }
        ),
        // DASH pictures with sound apart; a plain file beside them.
        ["vimeo"] = Medium(
            Sound("dash-audio-lo", "aac", 64) with
            {
                Protocol = FetchProtocol.Dash,
            },
            Sound("dash-audio-hi", "aac", 192) with
            {
                Protocol = FetchProtocol.Dash,
            },
            Picture("dash-360", "h264", 360, 500) with
            {
                Protocol = FetchProtocol.Dash,
            },
            Picture("dash-1080", "h264", 1080, 4000) with
            {
                Protocol = FetchProtocol.Dash,
            },
            Both("http-720p", 720, 2000)
        ),
        // DASH in VP9 and one H.264 file with both, vertical.
        ["instagram"] = Medium(
            Sound("dash-ad", "aac", 80) with
            {
                Protocol = FetchProtocol.Http,
            },
            Picture("dash-v", "vp9", 1920, 1500) with
            {
                Width = 1080,
            },
            Both("0", 1280, 1200) with
            {
                Width = 720,
            }
        ),
        // "sd" and "hd", of which the page says no codecs.
        ["facebook"] = Medium(
            Format("sd", "mp4") with
            {
                CodecsKnown = false,
                Height = 360,
                Width = 640,
            },
            Format("hd", "mp4") with
            {
                CodecsKnown = false,
                Height = 720,
                Width = 1280,
            }
        ),
    }; // csharpier-ignore

    [Theory]
    [InlineData("youtube", "mp4", "1080p", "299+140", "copy h264, copy aac")]
    [InlineData("youtube", "webm", "2160p", "315+251", "copy vp9, copy opus")]
    [InlineData("youtube", "mp4", "2160p", "401+140", "copy av1, copy aac")]
    [InlineData("youtube", "mp3", "320kbps", "251", "encode mp3")]
    [InlineData("tiktok", "mp4", "best", "bytevc1_1080p_1", "copy hevc, copy aac")]
    [InlineData("tiktok", "mp4", "720p", "bytevc1_720p_1", "copy hevc, copy aac")]
    [InlineData("tiktok", "mp4", "360p", "download", "encode h264, copy aac")]
    [InlineData("tiktok", "m4a", "best", "h264_540p_1", "copy aac")]
    [InlineData("x", "mp4", "best", "hls-2176+hls-audio-128000", "copy h264, copy aac")]
    [InlineData("x", "mp4", "360p", "hls-832+hls-audio-128000", "copy h264, copy aac")]
    [InlineData("soundcloud", "mp3", "best", "http_mp3_1_0", "copy mp3")]
    [InlineData("soundcloud", "m4a", "best", "hls_aac_160k", "copy aac")]
    [InlineData("soundcloud", "wav", "best", "hls_aac_160k", "encode pcm_s16le")]
    [InlineData("vimeo", "mp4", "best", "dash-1080+dash-audio-hi", "copy h264, copy aac")]
    [InlineData("vimeo", "mp4", "720p", "http-720p", "copy h264, copy aac")]
    [InlineData("vimeo", "mp3", "128kbps", "dash-audio-hi", "encode mp3")]
    [InlineData("instagram", "mp4", "best", "dash-v+dash-ad", "copy vp9, copy aac")]
    [InlineData("instagram", "mp4", "720p", "0", "copy h264, copy aac")]
    [InlineData("facebook", "mp4", "best", "hd", "copy h264, copy aac")]
    [InlineData("facebook", "mp3", "128kbps", "sd", "encode mp3")]
    public void A_medium_is_picked_and_made(string platform, string format, string quality, string picked, string made)
    {
        var plan = Planner.Plan(Platforms[platform], OutputRequest.Parse(format, quality));

        var streams = Forecast
            .Of(plan)
            .Conversion.Streams.Select(stream =>
                $"{(stream.Treatment is CopyStream ? "copy" : "encode")} {stream.Treatment.OutputCodec}"
            );
        Assert.Equal(
            (picked, made),
            (string.Join('+', plan.Sources.Select(source => source.Id)), string.Join(", ", streams))
        );
    }
}
