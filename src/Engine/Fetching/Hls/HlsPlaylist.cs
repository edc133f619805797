using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Hls;

/// <summary>A media playlist (RFC 8216), of a medium that has ended or of a stream that goes on.</summary>
internal sealed class HlsPlaylist
{
    private static readonly TimeSpan UsualTarget = TimeSpan.FromSeconds(5);

    /// <summary>Tags of services whose lists the extractor's downloader reads.</summary>
    private static readonly string[] OfServices = ["#ANVATO-SEGMENT-INFO", "#UPLYNK-SEGMENT"];

    /// <summary>Tags that make of the segments something else than a medium's, or name them in ways not followed here.</summary>
    private static readonly string[] Odd = ["#EXT-X-STREAM-INF", "#EXT-X-I-FRAMES-ONLY", "#EXT-X-SKIP", .. OfServices];

    private readonly Uri _url;
    private readonly List<HlsSegment> _segments = [];
    private readonly HlsKey _key;
    private readonly HlsVariables _variables;
    private SegmentPart? _part;
    private (Uri? Url, long End) _lastPart;
    private Segment? _head;
    private TimeSpan? _duration;
    private long _sequence;
    private bool _isGap;
    private bool _isDiscontinuous;

    private HlsPlaylist(Uri url, IReadOnlyDictionary<string, string> imported) =>
        (_url, _key, _variables) = (url, new HlsKey(url), new HlsVariables(url, imported));

    /// <summary>Longest duration of a segment (<c>EXT-X-TARGETDURATION</c>), which is also the interval at which a live playlist changes.</summary>
    public TimeSpan Target { get; private set; } = UsualTarget;

    /// <summary>True where nothing will follow: the playlist says so, or lists what is on demand.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Segments are encrypted for licensed players.</summary>
    public bool IsProtected { get; private set; }

    /// <summary>Segments in order; of a live stream those that are listed now.</summary>
    public IReadOnlyList<HlsSegment> Segments => _segments;

    /// <summary>Playing time of all segments, gaps included; null where the length of one is not known.</summary>
    public TimeSpan? Duration =>
        _segments.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, segment) => sum + segment.Duration);

    /// <param name="text">The playlist.</param>
    /// <param name="url">Address of the playlist, which those in it are relative to.</param>
    /// <param name="imported">Variables of the master playlist; null for none.</param>
    /// <returns>Null for what is no such playlist, or not understood.</returns>
    public static HlsPlaylist? Read(string text, Uri url, IReadOnlyDictionary<string, string>? imported = null)
    {
        var playlist = new HlsPlaylist(url, imported ?? HlsVariables.None);
        return HlsText.Lines(text) is { } lines && lines.All(playlist.TakeLine) ? playlist : null;
    }

    /// <exception cref="MediaException"><c>unsupported_url</c> with the line that nobody understands.</exception>
    public static void RefuseUnread(string text, Uri url, IReadOnlyDictionary<string, string>? imported)
    {
        var playlist = new HlsPlaylist(url, imported ?? HlsVariables.None);
        var line = (HlsText.Lines(text) ?? []).FirstOrDefault(one => !playlist.TakeLine(one));
        if (line is null || OfServices.Any(tag => line.StartsWith(tag, StringComparison.Ordinal)))
        {
            return;
        }
        var what = line.StartsWith('#') ? $"its tag {HlsText.Tag(line).Name}" : "an address in it";
        throw new MediaException(
            MediaError.UnsupportedUrl,
            $"The HLS playlist at {url.IdnHost} cannot be read: {what} is not understood."
        );
    }

    /// <summary>All there is to fetch, in order: heads stand before the first segment that needs them.</summary>
    public IReadOnlyList<Segment> ToFetch()
    {
        var all = new List<Segment>();
        Segment? head = null;
        TimeSpan? gap = TimeSpan.Zero;
        var begins = false;
        foreach (var listed in _segments)
        {
            begins |= listed.IsDiscontinuous || all.Count > 0 && listed.Head != head;
            if (listed.Segment is not { } segment)
            {
                // The time of a gap passes before the next segment.
                gap += listed.Duration;
                continue;
            }
            if (listed.Head is not null && (listed.Head != head || begins))
            {
                all.Add(listed.Head with { Duration = TimeSpan.Zero, BeginsPart = all.Count > 0 });
                begins = false;
            }
            all.Add(segment with { Duration = listed.Duration + gap, BeginsPart = begins && all.Count > 0 });
            (head, gap, begins) = (listed.Head, TimeSpan.Zero, false);
        }
        return all;
    }

    /// <summary>Variables are to be had from the master playlist.</summary>
    public static bool Imports(string text) =>
        text.Contains("#EXT-X-DEFINE", StringComparison.Ordinal) && text.Contains("IMPORT=", StringComparison.Ordinal);

    /// <exception cref="MediaException"><c>unsupported_url</c> for a list of key frames alone, or of the changes to an earlier list.</exception>
    public static void RefuseNoMedium(string text, Uri url)
    {
        var lines = HlsText.Lines(text) ?? [];
        var reason =
            lines.Contains("#EXT-X-I-FRAMES-ONLY") ? "lists key frames alone, which are for searching in another list"
            : lines.Any(line => line.StartsWith("#EXT-X-SKIP", StringComparison.Ordinal))
                ? "says only what changed since an earlier list"
            : null;
        if (reason is not null)
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"The HLS playlist at {url.IdnHost} {reason}; send the address of the whole one."
            );
        }
    }

    public static MediaException Protected(Uri url) =>
        new(
            MediaError.DrmProtected,
            $"The stream at {url.IdnHost} is DRM protected, and protection is not circumvented."
        );

    /// <returns>False for what is not understood.</returns>
    private bool TakeLine(string line)
    {
        if (line.StartsWith('#') && !line.StartsWith("#EXT", StringComparison.Ordinal))
        {
            return !Odd.Any(tag => line.StartsWith(tag, StringComparison.Ordinal));
        }
        return _variables.Replace(line) is { } replaced
            && (replaced.StartsWith('#') ? TakeTag(replaced) : TakeSegment(replaced));
    }

    private bool TakeTag(string line)
    {
        var (name, value) = HlsText.Tag(line);
        switch (name)
        {
            case "#EXTINF":
                _duration = SecondsOf(value.Split(',')[0].Trim());
                return true;
            case "#EXT-X-TARGETDURATION":
                Target = SecondsOf(value) is { Ticks: > 0 } target ? target : UsualTarget;
                return true;
            case "#EXT-X-MEDIA-SEQUENCE":
                _ = long.TryParse(value, CultureInfo.InvariantCulture, out _sequence);
                return true;
            case "#EXT-X-BYTERANGE":
                _part = PartOf(value, _lastPart.End);
                return _part is not null;
            case "#EXT-X-KEY":
                return _key.TryTake(HlsAttributes.Parse(value));
            case "#EXT-X-MAP":
                return TakeHead(HlsAttributes.Parse(value));
            case "#EXT-X-DEFINE":
                return _variables.TryDefine(HlsAttributes.Parse(value));
            case "#EXT-X-GAP":
                return _isGap = true;
            case "#EXT-X-DISCONTINUITY":
                return _isDiscontinuous = true;
            case "#EXT-X-PLAYLIST-TYPE":
                HasEnded |= value.Equals("VOD", StringComparison.OrdinalIgnoreCase);
                return true;
            case "#EXT-X-ENDLIST":
                return HasEnded = true;
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
        // A part without a place of its own goes on in the same file only.
        if (_part is { Start: > 0 } && _part.Start == _lastPart.End && _lastPart.Url is { } last && last != url)
        {
            _part = new SegmentPart(0, _part.End - _part.Start);
        }
        IsProtected |= _key.IsProtected;
        var segment = _isGap ? null : new Segment(url, _part, _key.CipherOf(_sequence));
        _segments.Add(new HlsSegment(_sequence, segment, _duration, _head, _isDiscontinuous));
        _lastPart = _part is null ? default : (url, _part.End);
        (_part, _duration, _isGap, _isDiscontinuous) = (null, null, false, false);
        _sequence = unchecked(_sequence + 1);
        return true;
    }

    private bool TakeHead(IReadOnlyDictionary<string, string> head)
    {
        if (!head.TryGetValue("URI", out var uri) || !Uri.TryCreate(_url, uri, out var url))
        {
            return false;
        }
        var part = head.TryGetValue("BYTERANGE", out var range) ? PartOf(range, 0) : null;
        _head = new Segment(url, part, _key.CipherOf(_sequence));
        return range is null || part is not null;
    }

    private static TimeSpan? SecondsOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds < TimeSpan.MaxValue.TotalSeconds / 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static SegmentPart? PartOf(string text, long start)
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
