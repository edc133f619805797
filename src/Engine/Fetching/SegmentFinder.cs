using System.Text;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Dash;
using Decant.Engine.Fetching.Hls;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Sources;

namespace Decant.Engine.Fetching;

/// <summary>Finds the segments of a format.</summary>
internal static class SegmentFinder
{
    /// <summary>The extractor's remarks on how a stream is to be fetched that are not followed here.</summary>
    private static readonly string[] OddFields =
    [
        "hls_media_playlist_data",
        "hls_aes",
        "format_index",
        "extra_param_to_segment_url",
        "extra_param_to_key_url",
    ];

    /// <summary>A master playlist may name another one.</summary>
    private const int DeepestMaster = 2;

    /// <returns>All segments in order; null for what is best left to the extractor's own downloader.</returns>
    /// <exception cref="MediaException">The playlist cannot be had.</exception>
    public static async Task<SegmentList?> FindAsync(
        SourceFormat format,
        SegmentRequest requests,
        CancellationToken cancellationToken
    )
    {
        if (OddFields.Any(name => format.Raw.Field(name) is { ValueKind: not JsonValueKind.Null }))
        {
            return null;
        }
        var segments = format.Protocol switch
        {
            FetchProtocol.Dash when format.Dash is { } rendition => await DashSegments.FindAsync(
                rendition,
                requests,
                cancellationToken
            ),
            FetchProtocol.Dash => OfFragments(format.Raw),
            FetchProtocol.Hls => await OfHlsAsync(format, requests, cancellationToken),
            _ => null,
        };
        return segments is null ? null : new SegmentList(segments, format.Headers);
    }

    private static async Task<IReadOnlyList<Segment>?> OfHlsAsync(
        SourceFormat format,
        SegmentRequest requests,
        CancellationToken cancellationToken
    )
    {
        var imported = HlsVariables.None;
        var url = format.Url;
        for (var depth = 0; ; depth++)
        {
            var answer =
                (depth == 0 ? Seen(format) : null)
                ?? await requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken);
            var text = Encoding.UTF8.GetString(answer.Bytes);
            if (depth == 0 && HlsPlaylist.Imports(text) && format.Raw.WebUrl("manifest_url") is { } manifest)
            {
                var master = await requests.GetAsync(manifest, null, isMedia: false, _ => { }, cancellationToken);
                imported = HlsMaster.Read(Encoding.UTF8.GetString(master.Bytes), master.Url)?.Variables ?? imported;
            }
            if (depth < DeepestMaster && HlsMaster.Read(text, answer.Url) is { } nested)
            {
                (url, imported) = (nested.Best.Url, nested.Variables);
                continue;
            }
            HlsPlaylist.RefuseNoMedium(text, answer.Url);
            HlsPlaylist.RefuseUnread(text, answer.Url, imported);
            return HlsPlaylist.Read(text, answer.Url, imported) switch
            {
                { IsProtected: true } => throw HlsPlaylist.Protected(answer.Url),
                { HasEnded: true, Segments.Count: 0 } => throw new MediaException(
                    MediaError.ContentNotFound,
                    $"The HLS playlist at {answer.Url.IdnHost} has ended and names no segments."
                ),
                { HasEnded: true } list when list.ToFetch() is { Count: > 0 } segments => segments,
                _ => null,
            };
        }
    }

    /// <returns>The list of segments that the look-up has read; null where it read none, or one that may go on.</returns>
    private static SegmentAnswer? Seen(SourceFormat format) =>
        format.Raw.Field("playlist") is { } seen && seen.WebUrl("url") is { } url && seen.Text("text") is { } text
            ? new SegmentAnswer(Encoding.UTF8.GetBytes(text), url)
            : null;

    /// <returns>What an extractor lists of its own accord; null where it has no list, or an odd one.</returns>
    private static List<Segment>? OfFragments(JsonElement raw)
    {
        var home = raw.WebUrl("fragment_base_url");
        var segments = new List<Segment>();
        foreach (var fragment in raw.Items("fragments"))
        {
            var url =
                fragment.WebUrl("url")
                ?? (home is not null && Uri.TryCreate(home, fragment.Text("path"), out var joined) ? joined : null);
            if (url is null)
            {
                return null;
            }
            // The head of a stream is a fragment without a duration; another one begins another period.
            var duration = TimeSpan.FromSeconds(Math.Max(0, fragment.Number("duration") ?? 0));
            segments.Add(
                new Segment(url) { Duration = duration, BeginsPart = duration == TimeSpan.Zero && segments.Count > 0 }
            );
        }
        return segments.Count > 0 ? segments : null;
    }
}
