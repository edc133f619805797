using System.Globalization;
using Decant.Engine.Extracting;

namespace Decant.Cli.Output;

/// <summary>What is at a URL, in the words of the wire.</summary>
internal sealed record InfoReport(
    string Title,
    string? Description,
    string? Uploader,
    string? UploadDate,
    double? Duration,
    long? ViewCount,
    long? LikeCount,
    Uri? ThumbnailUrl,
    string Platform,
    string VideoId,
    Uri PageUrl,
    bool IsLive,
    bool IsPlaylist,
    int? PlaylistCount,
    IReadOnlyList<FormatReport> Formats,
    IReadOnlyList<EntryReport>? Entries
)
{
    public static InfoReport Of(MediaInfo info) =>
        new(
            info.Title,
            info.Description,
            info.Uploader,
            info.UploadDate?.ToString("O", CultureInfo.InvariantCulture),
            info.Duration?.TotalSeconds,
            info.ViewCount,
            info.LikeCount,
            info.ThumbnailUrl,
            info.Platform.Name,
            info.Id,
            info.PageUrl,
            info.IsLive,
            info.IsPlaylist,
            info.PlaylistCount,
            [.. info.Formats.Select(FormatReport.Of)],
            info.Entries?.Select(EntryReport.Of).ToList()
        );
}

/// <summary>One rendition the source offers.</summary>
internal sealed record FormatReport(
    string FormatId,
    string Format,
    string? Quality,
    string? Resolution,
    double? Fps,
    long? FileSize,
    bool FileSizeIsEstimate,
    string? VideoCodec,
    string? AudioCodec,
    string? DynamicRange,
    string? Language
)
{
    public static FormatReport Of(SourceFormat format) =>
        new(
            format.Id,
            format.Extension,
            QualityOf(format),
            format is { Width: { } width, Height: { } height } ? $"{width}x{height}" : null,
            format.FramesPerSecond,
            format.Size,
            format.SizeIsEstimate,
            format.VideoCodec,
            format.AudioCodec,
            format.DynamicRange,
            format.Language
        );

    private static string? QualityOf(SourceFormat format) =>
        format switch
        {
            // A vertical picture is named by its short side, as the sites do.
            { Height: { } height } => $"{Math.Min(height, format.Width ?? height)}p",
            { AudioBitrate: { } bitrate } => $"{Math.Round(bitrate / 1000d)}kbps",
            _ => null,
        };
}

/// <summary>One line of a list.</summary>
internal sealed record EntryReport(int PlaylistIndex, Uri Url, string? VideoId, string? Title, double? Duration)
{
    public static EntryReport Of(PlaylistEntry entry) =>
        new(entry.Index, entry.Url, entry.Id, entry.Title, entry.Duration?.TotalSeconds);
}
