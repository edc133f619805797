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
    double? AnnouncedDuration,
    IReadOnlyList<GapReport> Gaps,
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
            result.AnnouncedDuration?.TotalSeconds,
            [.. result.Gaps.Select(gap => new GapReport(gap.Start.TotalSeconds, gap.Duration?.TotalSeconds))],
            InfoReport.Of(result.Info)
        );
}

/// <param name="Language">Language, as the source says it.</param>
/// <param name="Automatic">True for text made by a machine.</param>
/// <param name="Path">The file; null inside the medium.</param>
internal sealed record SubtitleReport(string Language, bool Automatic, string? Path);

/// <summary>A time of a live stream that is missing in its recording.</summary>
/// <param name="Start">Seconds from the beginning of the file: the place before which it is missing.</param>
/// <param name="Duration">Seconds for which the stream went on there, about; null where nobody can tell.</param>
internal sealed record GapReport(double Start, double? Duration);
