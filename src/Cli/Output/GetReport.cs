using Decant.Engine;

namespace Decant.Cli.Output;

/// <summary>What <c>decant get</c> made: everything measured on the file itself, and what the source says of it.</summary>
internal sealed record GetReport(
    string? Path,
    string? ThumbnailPath,
    string Format,
    long FileSize,
    double Duration,
    string? Resolution,
    double? Fps,
    string? VideoCodec,
    string? AudioCodec,
    InfoReport Info
)
{
    public static GetReport Of(ExtractionResult result, string? path, string? thumbnailPath) =>
        new(
            path,
            thumbnailPath,
            result.Container.Name,
            result.Size,
            result.Duration.TotalSeconds,
            result is { Width: { } width, Height: { } height } ? $"{width}x{height}" : null,
            result.FramesPerSecond,
            result.VideoCodec,
            result.AudioCodec,
            InfoReport.Of(result.Info)
        );
}
