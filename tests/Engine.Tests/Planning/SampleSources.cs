using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Planning;

/// <summary>Media as platforms describe them.</summary>
internal static class SampleSources
{
    public static MediaInfo Medium(params SourceFormat[] formats) =>
        new()
        {
            Id = "aaaaaaaaaaa",
            PageUrl = new("https://media.test/watch?v=aaaaaaaaaaa"),
            Platform = Platform.Other,
            Title = "A medium",
            Uploader = "Somebody",
            UploadDate = new DateOnly(2026, 1, 15),
            Duration = TimeSpan.FromSeconds(60),
            Formats = formats,
        };

    public static SourceFormat Picture(
        string id,
        string codec,
        int height,
        long kilobits,
        double fps = 30,
        int? width = null
    ) =>
        Format(id, "mp4") with
        {
            VideoCodec = codec,
            Width = width ?? height * 16 / 9,
            Height = height,
            FramesPerSecond = fps,
            TotalBitrate = kilobits * 1000,
        };

    public static SourceFormat Sound(string id, string codec, long kilobits, int? preference = null) =>
        Format(id, "m4a") with
        {
            AudioCodec = codec,
            AudioBitrate = kilobits * 1000,
            TotalBitrate = kilobits * 1000,
            LanguagePreference = preference,
        };

    public static SourceFormat Both(
        string id,
        int height,
        long kilobits,
        string video = "h264",
        string audio = "aac"
    ) => Picture(id, video, height, kilobits) with { AudioCodec = audio };

    public static SourceFormat Format(string id, string extension) =>
        new()
        {
            Id = id,
            Url = new($"https://media.test/{id}.{extension}"),
            Protocol = FetchProtocol.Http,
            Extension = extension,
        };

    /// <summary>What YouTube offers for an ordinary 1080p60 video with a 2160p master (recorded shape, rounded rates).</summary>
    public static MediaInfo YouTube() =>
        Medium(
            Sound("139", "aac", 49),
            Sound("249", "opus", 52),
            Sound("140", "aac", 129),
            Sound("251", "opus", 136),
            Both("18", 360, 600),
            Picture("160", "h264", 144, 80),
            Picture("278", "vp9", 144, 80),
            Picture("134", "h264", 360, 400),
            Picture("243", "vp9", 360, 300),
            Picture("298", "h264", 720, 2500, 60),
            Picture("302", "vp9", 720, 1800, 60),
            Picture("136", "h264", 720, 1500),
            Picture("299", "h264", 1080, 4500, 60),
            Picture("303", "vp9", 1080, 3000, 60),
            Picture("399", "av1", 1080, 2200, 60),
            Picture("315", "vp9", 2160, 18000, 60),
            Picture("401", "av1", 2160, 13000, 60),
            Both("22", 720, 1700)
        );
}
