using Decant.Engine;

namespace Decant.Cli.Output;

/// <summary>Report of <c>decant get --json</c>: measured on the file itself, beside what the source says of it.</summary>
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
    IReadOnlyList<SubtitleReport> Subtitles,
    string? FellBackFrom,
    InfoReport Info
)
{
    public static GetReport Of(
        ExtractionResult result,
        string? path,
        string? thumbnailPath,
        IReadOnlyList<SubtitleReport> subtitles
    ) =>
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
            subtitles,
            result.FellBackFrom,
            InfoReport.Of(result.Info)
        );
}

/// <param name="Language">Language, as the source says it.</param>
/// <param name="Automatic">Made by a machine.</param>
/// <param name="Path">The file; null inside the medium.</param>
internal sealed record SubtitleReport(string Language, bool Automatic, string? Path);
