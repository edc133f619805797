using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Keeping;

/// <summary>Key of a file's content, in a few bytes. Two files under one key are the same to everybody.</summary>
internal static class KeepingKey
{
    /// <summary>Parts of a request that decide the file; a test holds the list against the record.</summary>
    public static readonly IReadOnlyList<(string Name, Func<OutputRequest, string?> Text)> Wishes =
    [
        (nameof(OutputRequest.Container), request => request.Container.Name),
        (nameof(OutputRequest.FollowsSource), request => request.FollowsSource ? "source" : ""),
        (nameof(OutputRequest.Quality), request => request.Quality.ToString()),
        (nameof(OutputRequest.AudioOnly), request => request.AudioOnly ? "audio" : ""),
        (
            nameof(OutputRequest.Selector),
            request =>
                request.Selector is FormatSelector.Named named
                    ? string.Join('+', named.Ids)
                    : request.Selector.ToString()
        ),
        (nameof(OutputRequest.VideoCodec), request => request.VideoCodec),
        (nameof(OutputRequest.AudioCodec), request => request.AudioCodec),
        (nameof(OutputRequest.Clip), request => request.Clip?.ToString()),
        (nameof(OutputRequest.AudioLanguage), request => request.AudioLanguage),
        (nameof(OutputRequest.Loudness), request => request.Loudness?.ToString("R", CultureInfo.InvariantCulture)),
        (
            nameof(OutputRequest.Subtitles),
            request =>
                request.Subtitles is { } wish ? $"{string.Join(',', wish.Languages)} {wish.Place} {wish.Format}" : null
        ),
        (nameof(OutputRequest.DynamicRange), request => request.DynamicRange.ToString()),
        (nameof(OutputRequest.IncludeThumbnail), request => request.IncludeThumbnail ? "thumbnail" : ""),
        (nameof(OutputRequest.Title), request => request.Title),
    ];

    /// <returns>The name of a medium, with which the keys of all that is kept of it begin.</returns>
    public static string Subject(string platform, string id) => $"{platform} {id}";

    public static bool IsOf(string key, string subject) =>
        key.Length == subject.Length + 1 + SHA256.HashSizeInBytes * 2
        && key.StartsWith($"{subject} ", StringComparison.Ordinal);

    /// <returns>Null for what may change under the same name, and for what was found with somebody's cookies: that is never another's.</returns>
    public static string? Of(MediaInfo info, SourceFormat source) =>
        info.IsLive || info.Scope is not null ? null
        : info.Platform != Platform.Other
            ? Hash(
                info,
                [
                    info.Platform.Name,
                    info.Id,
                    info.Match?.Url.AbsoluteUri,
                    // Media of one post may go by the post's own identifier.
                    .. EntryAddress.TryRead(info.PageUrl) is { } entry ? [Text(entry.Index)] : Array.Empty<string?>(),
                    .. Rendition(source),
                ]
            )
        : source.Version is { } version ? Hash(info, [source.Url.AbsoluteUri, version, .. Rendition(source)])
        : null;

    /// <returns>Null where one of the sources has none.</returns>
    public static string? Of(ExtractionPlan plan)
    {
        var sources = plan.Sources.Select(source => Of(plan.Info, source)).ToList();
        return sources.Contains(null)
            ? null
            : Hash(
                plan.Info,
                [
                    .. sources,
                    .. Wishes.Select(wish => wish.Text(plan.Request)),
                    .. Tagging.Tags(plan).Select(tag => $"{tag.Name}={tag.Value}"),
                    .. plan.Info.Chapters.Select(chapter => chapter.ToString()),
                    // The query of an address is a signature, and another one tomorrow.
                    plan.Info.ThumbnailUrl?.GetLeftPart(UriPartial.Path),
                ]
            );
    }

    private static string?[] Rendition(SourceFormat source) =>
        [
            source.Id,
            source.Extension,
            source.VideoCodec,
            source.AudioCodec,
            Text(source.Height),
            Text(source.SizeIsEstimate ? null : source.Size),
            source.Language,
        ];

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Hash(MediaInfo info, IEnumerable<string?> parts)
    {
        // Lengths first: no part can pass for two.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{Subject(info.Platform.Name, info.Id)} {hash}";
    }
}
