using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Decant.Engine.Tests.Planning;

/// <summary>What any site might offer and anyone might ask, made at random.</summary>
internal static class Offers
{
    private static readonly int[] Heights = [90, 144, 240, 360, 480, 608, 720, 1080, 1088, 1440, 2160, 4320];
    private static readonly string?[] VideoCodecs = ["h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "theora", null];
    private static readonly string?[] AudioCodecs = ["aac", "mp3", "opus", "vorbis", "flac", "ac3", "pcm_s16le", null];
    private static readonly string[] Qualities =
    [
        "best",
        "worst",
        .. Quality.KnownHeights,
        "1080p60",
        "720p30",
        "600p",
        .. Quality.KnownBitrates,
    ];

    private static readonly Gen<SourceFormat> Picture =
        from height in Gen.Elements(Heights)
        from vertical in Gen.Elements(true, false)
        from codec in Gen.Elements(VideoCodecs)
        from fps in Gen.Elements(24.0, 25, 29.97, 30, 50, 60)
        from kilobits in Gen.Choose(50, 20_000)
        from range in Gen.Elements("SDR", null, "HDR10", "HLG")
        from protocol in Gen.Elements(FetchProtocol.Http, FetchProtocol.Hls, FetchProtocol.Dash)
        select SampleSources.Format("", "mp4") with
        {
            VideoCodec = codec,
            CodecsKnown = codec is not null,
            AudioAbsent = true,
            Width = vertical ? height : height * 16 / 9,
            Height = vertical ? height * 16 / 9 : height,
            FramesPerSecond = fps,
            TotalBitrate = kilobits * 1000L,
            DynamicRange = range,
            Protocol = protocol,
        };

    private static readonly Gen<SourceFormat> Sound =
        from codec in Gen.Elements(AudioCodecs)
        from kilobits in Gen.Choose(32, 512)
        from preference in Gen.Elements<int?>(null, -1, 10)
        select SampleSources.Format("", "m4a") with
        {
            AudioCodec = codec,
            CodecsKnown = codec is not null,
            VideoAbsent = true,
            AudioBitrate = kilobits * 1000L,
            LanguagePreference = preference,
        };

    private static readonly Gen<SourceFormat> Both =
        from picture in Picture
        from sound in Sound
        select picture with
        {
            AudioCodec = sound.AudioCodec,
            AudioAbsent = false,
            CodecsKnown = picture.CodecsKnown && sound.CodecsKnown,
        };

    /// <summary>One to twenty formats, of which one at least has picture and sound.</summary>
    public static Gen<MediaInfo> Medium { get; } =
        from whole in Both
        from others in Gen.Choose(0, 19).SelectMany(count => Gen.OneOf(Picture, Sound, Both).ArrayOf(count))
        select SampleSources.Medium([
            .. others.Append(whole).Select((format, index) => format with { Id = $"f{index}" }),
        ]);

    /// <summary>Every container with every quality that does not contradict it.</summary>
    public static Gen<OutputRequest> Request { get; } =
        from container in Gen.Elements<Container>(Container.All)
        from quality in Gen.Elements(Qualities)
        from audioOnly in Gen.Elements(false, false, false, true)
        where audioOnly || IsFree(container, quality)
        select OutputRequest.Parse(container.Name, quality, audioOnly);

    /// <summary>What a probe of such a format might find.</summary>
    public static ProbedMedia Probe(SourceFormat format)
    {
        var streams = new List<ProbedStream>();
        if (format.MayHaveVideo)
            streams.Add(
                new ProbedStream
                {
                    Index = 0,
                    Kind = StreamKind.Video,
                    Codec = format.VideoCodec ?? "h264",
                    PixelFormat = format.DynamicRange is "HDR10" or "HLG" ? "yuv420p10le" : "yuv420p",
                    ColorTransfer = format.DynamicRange switch
                    {
                        "HDR10" => "smpte2084",
                        "HLG" => "arib-std-b67",
                        _ => null,
                    },
                    Width = format.Width,
                    Height = format.Height,
                    FramesPerSecond = format.FramesPerSecond,
                }
            );
        if (format.MayHaveAudio)
            streams.Add(
                new ProbedStream
                {
                    Index = 1,
                    Kind = StreamKind.Audio,
                    Codec = format.AudioCodec ?? "aac",
                    Profile = format.AudioCodec is "aac" or null ? "LC" : null,
                    SampleRate = 44_100,
                    Channels = 2,
                    Bitrate = format.AudioBitrate,
                }
            );
        return new ProbedMedia
        {
            FormatName = "matroska,webm",
            Duration = TimeSpan.FromSeconds(60),
            Streams = streams,
        };
    }

    private static bool IsFree(Container container, string quality) =>
        Quality.Parse(quality) switch
        {
            Quality.Height => !container.IsAudio,
            Quality.AudioBitrate => container.IsAudio,
            _ => true,
        };
}
