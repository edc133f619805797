using System.Globalization;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor's description of a page as a <see cref="MediaInfo"/>. Pure.</summary>
internal static class InfoMapping
{
    /// <summary>Extensions of what a bare link may lead to and no medium is.</summary>
    private static readonly HashSet<string> NoMedia = new(StringComparer.OrdinalIgnoreCase)
    {
        "jpg",
        "jpeg",
        "png",
        "gif",
        "webp",
        "avif",
        "svg",
        "bmp",
        "ico",
        "pdf",
        "txt",
        "json",
        "xml",
        "html",
        "css",
        "js",
        "zip",
        "gz",
        "srt",
        "vtt",
        "ttml",
        "ass",
        "lrc",
        "swf",
        "exe",
        "bin",
        "iso",
    }; // csharpier-ignore

    /// <exception cref="MediaException"><c>drm_protected</c>, <c>content_not_found</c>, <c>unsupported_url</c>, <c>not_started</c>.</exception>
    public static MediaInfo Map(JsonElement info, Uri requested, DateTimeOffset now)
    {
        if (info.Field("entries") is { ValueKind: JsonValueKind.Array })
        {
            return MapList(info, requested, now);
        }

        if (info.Text("live_status") == "is_upcoming")
        {
            throw ErrorMapping.NotStarted(
                requested,
                info.Number("release_timestamp"),
                new UpcomingStream(info.Text("id"), TitleOf(info), info.Text("extractor_key"))
            );
        }

        var isLive = info.Flag("is_live");
        var duration = isLive ? null : info.Seconds("duration");
        var formats = info.Items("formats").Select(raw => FormatMapping.Map(raw, duration)).OfType<SourceFormat>();
        var listed = Describe(info, requested) with
        {
            Duration = duration,
            IsLive = isLive,
            Formats = Previews.LeaveOut(
                info.Text("extractor_key"),
                RequireMedia(info, [.. TikTokMusic.LeftOut(formats, info.Text("extractor_key"))], requested),
                requested
            ),
            Chapters = [.. info.Items("chapters").Select(ChapterOf).OfType<Chapter>()],
            Subtitles = [.. info.Items("subtitles").Select(SubtitleMapping.Map).OfType<SourceSubtitle>()],
        };
        return DashFormats.Complete(listed, info, requested, now);
    }

    private static MediaInfo MapList(JsonElement info, Uri requested, DateTimeOffset now)
    {
        var entries = new ListMapping(requested, now).Entries(info);
        return Describe(info, requested) with
        {
            Entries = entries,
            // Of a channel the extractor counts the tabs.
            PlaylistCount = Math.Max(info.Size("playlist_count") ?? 0, entries.Count),
        };
    }

    private static MediaInfo Describe(JsonElement info, Uri requested) =>
        new()
        {
            Id = info.Text("id") ?? requested.Host,
            PageUrl = info.WebUrl("webpage_url") ?? requested,
            Platform = Platforms.Of(info.Text("extractor_key")),
            Title = TitleOf(info) ?? requested.Host,
            Description = info.Text("description"),
            Uploader = info.Text("uploader") ?? info.Text("channel") ?? info.Text("creator"),
            UploadDate = DateOf(info),
            ViewCount = info.Count("view_count"),
            LikeCount = info.Count("like_count"),
            ThumbnailUrl = info.WebUrl("thumbnail"),
            Artist = ArtistOf(info),
            Album = info.Text("album"),
            Track = info.Text("track"),
            Music = MusicMapping.Map(info),
            IsFile = info.Flag("direct"),
        };

    /// <returns>Null where a site's list has no times or turns back.</returns>
    private static Chapter? ChapterOf(JsonElement chapter) =>
        chapter.Number("start_time") is >= 0 and < 1e7 and var start
        && chapter.Number("end_time") is < 1e7 and var end
        && end > start
            ? new Chapter(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), chapter.Text("title") ?? "")
            : null;

    private static string? TitleOf(JsonElement info)
    {
        // A live stream's "title" has the time of the look-up in it; the full title has not.
        var title = (info.Text("fulltitle") ?? info.Text("title") ?? info.Text("id"))?.ReplaceLineEndings(" ");
        // yt-dlp numbers the players in a page even where there is one.
        const string FirstOfOne = " (1)";
        return
            info.Text("extractor_key") == "HTML5MediaEmbed"
            && title?.EndsWith(FirstOfOne, StringComparison.Ordinal) == true
            ? title[..^FirstOfOne.Length]
            : title;
    }

    /// <summary>Artists, joined from the list of them: in its own single text yt-dlp puts a full-width comma in place of one within a name.</summary>
    private static string? ArtistOf(JsonElement info) =>
        string.Join(", ", info.Texts("artists")) is { Length: > 0 } artists ? artists : info.Text("artist");

    private static DateOnly? DateOf(JsonElement info)
    {
        if (
            DateOnly.TryParseExact(
                info.Text("upload_date"),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        return info.Number("timestamp") is > 0 and < 32_503_680_000 and var seconds
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds((long)seconds).UtcDateTime)
            : null;
    }

    private static List<SourceFormat> RequireMedia(JsonElement info, List<SourceFormat> formats, Uri requested)
    {
        if (formats.Count == 0)
        {
            throw info.Flag("_has_drm") || info.Items("formats").Any(raw => raw.Flag("has_drm"))
                ? new MediaException(
                    MediaError.DrmProtected,
                    $"Everything at {requested.Host}{requested.AbsolutePath} is DRM protected, and protection is not circumvented."
                )
                : new MediaException(
                    MediaError.ContentNotFound,
                    $"The page at {requested.Host}{requested.AbsolutePath} has pictures or text, but no video or audio."
                );
        }

        if (info.Flag("direct") && formats.All(format => NoMedia.Contains(format.Extension)))
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"The link at {requested.Host} leads to a \"{formats[0].Extension}\" file, which is no video or audio; send the address of a medium or of a page with one."
            );
        }

        return formats;
    }
}
