using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Forecast of a plan's result from the site's claims, before a byte has moved. Pure.</summary>
/// <param name="Conversion">Plan for each stream, if the site's claims hold.</param>
/// <param name="Bytes">Size of the file; null where the site says too little.</param>
internal sealed record Forecast(ConversionPlan Conversion, long? Bytes)
{
    /// <summary>Sound of a lossless codec takes about so much of what it decodes to.</summary>
    private const double LosslessShare = 0.6;

    /// <summary>Bits grow slower than pixels: the rule of thumb that bit rate ladders follow.</summary>
    private const double PixelExponent = 0.75;
    private const int UsualSampleRate = 48_000;

    /// <summary>True where no size of an encoder's picture has to be guessed, so that the forecast can be held against a limit.</summary>
    public bool IsFirm => !Conversion.Streams.Any(stream => stream.Treatment is EncodeVideo);

    public bool IsCopy => Conversion.Streams.All(stream => stream.Treatment is CopyStream);

    public static Forecast Of(ExtractionPlan plan)
    {
        ProbedMedia[] claims = [.. plan.Sources.Select(source => source.Probe ?? Claimed(source, plan.Info.Duration))];
        var conversion = ConversionPlanner.Plan(plan, claims);
        double? bits = 0;
        foreach (var stream in conversion.Streams)
        {
            var (source, claim) = (plan.Sources[stream.Input], claims[stream.Input]);
            bits += stream.Treatment switch
            {
                CopyStream { IsVideo: true } => PictureBits(source),
                CopyStream => SoundBits(source, claim),
                EncodeVideo video => Encoded(video, source, claim.Video!),
                EncodeAudio { BitsPerSecond: { } rate } => rate,
                EncodeAudio audio => Decoded(audio, claim.Audio!),
                _ => null,
            };
        }
        var seconds = conversion.Promise.Duration?.TotalSeconds;
        return new Forecast(conversion, (long?)(bits * seconds / 8));
    }

    /// <summary>A site's description of a format as if it were a probe's; what it leaves out is taken for the usual.</summary>
    private static ProbedMedia Claimed(SourceFormat source, TimeSpan? duration)
    {
        var streams = new List<ProbedStream>(2);
        if (source.MayHaveVideo)
            streams.Add(
                new ProbedStream
                {
                    Index = 0,
                    Kind = StreamKind.Video,
                    Codec = source.VideoCodec ?? "h264",
                    PixelFormat = IsHigh(source) ? "yuv420p10le" : "yuv420p",
                    ColorTransfer = IsHigh(source) ? "smpte2084" : null,
                    Width = source.Width,
                    Height = source.Height,
                    FramesPerSecond = source.FramesPerSecond,
                }
            );
        if (source.MayHaveAudio)
            streams.Add(
                new ProbedStream
                {
                    Index = 1,
                    Kind = StreamKind.Audio,
                    Codec = source.AudioCodec ?? "aac",
                    SampleRate = source.SampleRate ?? UsualSampleRate,
                    Channels = source.Channels ?? 2,
                    Bitrate = source.AudioBitrate,
                }
            );
        return new ProbedMedia
        {
            FormatName = source.Extension,
            Duration = duration,
            Streams = streams,
        };
    }

    private static bool IsHigh(SourceFormat source) => source.DynamicRange is not (null or "SDR");

    private static double? WholeBits(SourceFormat source, double? seconds) =>
        source.TotalBitrate ?? (source.Size * 8 / seconds);

    private static double? PictureBits(SourceFormat source) =>
        source.TotalBitrate is { } all
            ? Math.Max(0, all - (source.MayHaveAudio ? source.AudioBitrate ?? 128_000 : 0))
            : null;

    private static double? SoundBits(SourceFormat source, ProbedMedia claim) =>
        claim.Audio?.Bitrate ?? (source.MayHaveVideo ? 128_000 : WholeBits(source, claim.Duration?.TotalSeconds));

    private static double? Encoded(EncodeVideo video, SourceFormat source, ProbedStream picture)
    {
        if (PictureBits(source) is not { } bits)
            return null;
        var before = VideoTreatment.SizeOf(picture);
        var pixels =
            before is { } from && video.Size is { } to
                ? (double)to.Width * to.Height / ((double)from.Width * from.Height)
                : 1;
        return CodecWorth.Equivalent(picture.Codec, (long)bits, Yield(video.Codec)) * Math.Pow(pixels, PixelExponent);
    }

    /// <summary>An encoder in a hurry takes more than its codec needs: libvpx's realtime VP9 as much as H.264 (ADR 0018).</summary>
    private static string Yield(string codec) => codec == "vp9" ? "h264" : codec;

    private static double Decoded(EncodeAudio audio, ProbedStream sound)
    {
        double rate = audio.SampleRate ?? sound.SampleRate ?? UsualSampleRate;
        var plain = rate * (audio.Channels ?? sound.Channels ?? 2) * (audio.Deep ? 24 : 16);
        return audio.Codec is "flac" or "alac" ? plain * LosslessShare : plain;
    }
}
