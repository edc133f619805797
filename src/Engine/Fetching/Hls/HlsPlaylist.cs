using System.Globalization;
using Decant.Engine.Fetching.Segments;

namespace Decant.Engine.Fetching.Hls;

/// <summary>Reads a media playlist (RFC 8216) of a medium that has ended.</summary>
internal sealed class HlsPlaylist
{
    /// <summary>Tags whose meaning changes what is to be fetched in ways not followed here.</summary>
    private static readonly string[] Odd =
    [
        "#EXT-X-STREAM-INF",
        "#EXT-X-I-FRAMES-ONLY",
        "#EXT-X-DEFINE",
        "#EXT-X-SKIP",
        "#ANVATO-SEGMENT-INFO",
        "#UPLYNK-SEGMENT",
    ];

    private readonly Uri _url;
    private readonly List<Segment> _segments = [];
    private readonly HlsKey _key;
    private SegmentPart? _part;
    private Uri? _mapUrl;
    private long _sequence;
    private long _partEnd;
    private bool _isGap;
    private TimeSpan? _duration = TimeSpan.Zero;

    private HlsPlaylist(Uri url) => (_url, _key) = (url, new HlsKey(url));

    /// <param name="text">The playlist.</param>
    /// <param name="url">Where it came from.</param>
    /// <returns>All segments in order; null for a playlist that is best left to the extractor's own downloader.</returns>
    public static IReadOnlyList<Segment>? Read(string text, Uri url)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != "#EXTM3U" || !lines.Contains("#EXT-X-ENDLIST"))
        {
            return null;
        }
        var playlist = new HlsPlaylist(url);
        return lines.All(playlist.Take) && playlist._segments.Count > 0 ? playlist._segments : null;
    }

    /// <returns>False for what is not understood.</returns>
    private bool Take(string line)
    {
        if (!line.StartsWith('#'))
        {
            return TakeSegment(line);
        }
        var (name, value) = line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? (line[..colon], line[(colon + 1)..])
            : (line, "");
        switch (name)
        {
            case "#EXT-X-KEY":
                return _key.TryTake(HlsAttributes.Parse(value));
            case "#EXT-X-MAP":
                return TakeMap(HlsAttributes.Parse(value));
            case "#EXT-X-BYTERANGE":
                _part = PartOf(value, _partEnd);
                return _part is not null;
            case "#EXT-X-MEDIA-SEQUENCE":
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _sequence);
            case "#EXTINF":
                _duration += SecondsOf(value);
                return true;
            case "#EXT-X-GAP":
                _isGap = true;
                return true;
            default:
                return !Odd.Contains(name);
        }
    }

    private bool TakeSegment(string line)
    {
        if (!Uri.TryCreate(_url, line, out var url))
        {
            return false;
        }
        // The time of a gap passes before the next segment.
        if (!_isGap)
        {
            _segments.Add(new Segment(url, _part, _key.CipherOf(_sequence)) { Duration = _duration });
            _duration = TimeSpan.Zero;
        }
        _partEnd = _part?.End ?? 0;
        (_part, _isGap) = (null, false);
        _sequence++;
        return true;
    }

    private bool TakeMap(IReadOnlyDictionary<string, string> map)
    {
        if (!Uri.TryCreate(_url, map.GetValueOrDefault("URI", ""), out var url))
        {
            return false;
        }
        if (_mapUrl is not null)
        {
            // The same head again says nothing new; another one in the middle is more than joining can do.
            return _mapUrl == url && !map.ContainsKey("BYTERANGE");
        }
        var part = map.TryGetValue("BYTERANGE", out var range) ? PartOf(range, 0) : null;
        // Without a vector of its own an encrypted head cannot be told from what others do.
        if (_segments.Count > 0 || (range is not null && part is null) || _key.IsWithoutVector)
        {
            return false;
        }
        _mapUrl = url;
        _segments.Add(new Segment(url, part, _key.CipherOf(0)) { Duration = TimeSpan.Zero });
        return true;
    }

    private static TimeSpan? SecondsOf(string value) =>
        double.TryParse(
            value.Split(',')[0],
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds
        )
        && seconds < TimeSpan.MaxValue.TotalSeconds / 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : null;

    internal static SegmentPart? PartOf(string text, long start)
    {
        var parts = text.Split('@');
        return
            long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length > 0
            && (
                parts.Length == 1 || long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out start)
            )
            ? new SegmentPart(start, start + length)
            : null;
    }
}
