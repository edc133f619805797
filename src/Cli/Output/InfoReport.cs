using System.Globalization;
using Decant.Engine.Sources;
using Decant.Server.Info;
using Decant.Server.Jobs.Requests;

namespace Decant.Cli.Output;

/// <summary>Report of <c>decant info --json</c>, in the words of the API.</summary>
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
    Uri WebpageUrl,
    bool IsLive,
    bool IsPlaylist,
    int? PlaylistCount,
    Matched? Matched,
    IReadOnlyList<InfoFormat> Formats,
    IReadOnlyList<InfoSubtitle> Subtitles,
    IReadOnlyList<InfoEntry>? Entries
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
            Matched.Of(info),
            [.. info.Formats.Select(InfoFormats.ToWire)],
            [.. info.Subtitles.Select(InfoFormats.ToWire)],
            info.Entries?.Select(InfoEntry.Of).ToList()
        );
}
