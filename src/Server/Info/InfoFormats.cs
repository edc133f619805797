using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Server.Info;

/// <summary>Source formats in the wire's words.</summary>
internal static class InfoFormats
{
    private static readonly int[] CommonRates = [32, 48, 64, 96, 128, 160, 192, 256, 320];

    public static InfoFormat ToWire(this SourceFormat format) =>
        new()
        {
            FormatId = format.Id,
            Format = format.Extension,
            Quality = QualityOf(format),
            Resolution = format is { Width: { } width, Height: { } height } ? $"{width}x{height}" : null,
            Fps = format.FramesPerSecond,
            FileSize = format.Size,
            FileSizeIsEstimate = format.SizeIsEstimate,
            AudioCodec = format.AudioCodec,
            VideoCodec = format.VideoCodec,
            AudioBitrate = format.AudioBitrate,
            Language = format.Language,
            AudioLanguages = format.AudioLanguages.ToList() is { Count: > 1 } several ? several : null,
            Hdr = format.DynamicRange is not (null or "SDR"),
        };

    public static InfoSubtitle ToWire(this SourceSubtitle subtitle) =>
        new(subtitle.Language, subtitle.IsAutomatic, subtitle.Name);

    public static InfoOption ToWire(this OutputOption option) =>
        new(
            option.Container.Name,
            option.Quality,
            option.Bytes,
            option.IsCopy,
            option.Sources,
            option.VideoCodec,
            option.AudioCodec
        );

    /// <summary>Lines of picture: the short side, so that a portrait 1080x1920 is 1080p. Null without a picture of known size.</summary>
    public static int? LinesOf(SourceFormat format) =>
        format switch
        {
            { Height: { } height, Width: { } width } => Math.Min(height, width),
            { Height: { } height } => height,
            _ => null,
        };

    private static string? QualityOf(SourceFormat format) =>
        LinesOf(format) is { } lines ? $"{lines}p"
        : format is { VideoCodec: null, AudioBitrate: { } bitrate } ? $"{NameOf(bitrate)}kbps"
        : null;

    /// <summary>A source's 129.5 kbit/s is what everybody calls 128.</summary>
    private static long NameOf(long bitrate)
    {
        var exact = (long)Math.Round(bitrate / 1000.0);
        var common = CommonRates.MinBy(rate => Math.Abs(rate - exact));
        return Math.Abs(common - exact) <= common * 0.05 ? common : exact;
    }
}
