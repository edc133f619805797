using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting;

/// <summary>HDR10 in HEVC, as phones film it, through the real ffmpeg.</summary>
public sealed class DynamicRangeTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    // What can say it keeps it: by copy, or in ten bits.
    [InlineData("mp4", null, "", "hevc", "smpte2084")]
    [InlineData("mkv", null, "", "hevc", "smpte2084")]
    [InlineData("webm", null, "", "vp9", "smpte2084")]
    [InlineData("mp4", "90p", "hdr", "hevc", "smpte2084")]
    // What cannot is tone-mapped, and so is what was asked for it.
    [InlineData("avi", null, "", "mpeg4", null)]
    [InlineData("flv", null, "", "h264", "bt709")]
    [InlineData("mp4", "90p", "", "h264", "bt709")]
    [InlineData("mp4", null, "sdr", "h264", "bt709")]
    [InlineData("webm", null, "sdr", "vp9", "bt709")]
    public async Task High_dynamic_range_is_kept_where_it_can_be_said(
        string container,
        string? quality,
        string range,
        string codec,
        string? transfer
    )
    {
        var request = OutputRequest.Parse(container, quality) with
        {
            DynamicRange = range switch
            {
                "hdr" => DynamicRange.High,
                "sdr" => DynamicRange.Standard,
                _ => DynamicRange.AsItFits,
            },
        };

        var (media, _, _) = await Conversions.RunAsync(await FilmAsync(), request, files.NewDirectory());

        Assert.Equal(codec, media.Video!.Codec);
        Assert.Equal(transfer, media.Video.ColorTransfer);
        Assert.Equal(transfer == "smpte2084" ? "yuv420p10le" : "yuv420p", media.Video.PixelFormat);
    }

    private Task<string> FilmAsync() =>
        files.MakeAsync(
            "hdr10.mp4",
            [
                .. MediaFiles.Picture(320, 180, 1),
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "log-level=error",
                "-pix_fmt",
                "yuv420p10le",
                "-color_primaries",
                "bt2020",
                "-color_trc",
                "smpte2084",
                "-colorspace",
                "bt2020nc",
            ]
        );
}
