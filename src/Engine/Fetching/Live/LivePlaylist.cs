using System.Globalization;
using Decant.Engine.Fetching.Hls;
using Decant.Engine.Fetching.Segments;

namespace Decant.Engine.Fetching.Live;

/// <summary>Reads a media playlist (RFC 8216) of a stream that goes on.</summary>
internal sealed class LivePlaylist
{
    private static readonly TimeSpan UsualTarget = TimeSpan.FromSeconds(5);

    /// <summary>Tags without which the segments are not what they seem.</summary>
    private static readonly string[] Odd =
    [
        "#EXT-X-STREAM-INF",
        "#EXT-X-I-FRAMES-ONLY",
        "#EXT-X-DEFINE",
        "#EXT-X-SKIP",
    ];

    private readonly Uri _url;
    private readonly List<LiveSegment> _segments = [];
    private readonly HlsKey _key;
    private SegmentPart? _part;
    private Segment? _head;
    private TimeSpan _duration;
    private long _sequence;
    private long _partEnd;
    private bool _isGap;
    private bool _isDiscontinuous;

    private LivePlaylist(Uri url) => (_url, _key) = (url, new HlsKey(url));

    /// <summary>No segment is longer; how often the playlist changes.</summary>
    public TimeSpan Target { get; private set; } = UsualTarget;

    /// <summary>Nothing will follow.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>In order; those that are there now.</summary>
    public IReadOnlyList<LiveSegment> Segments => _segments;

    /// <param name="text">The playlist.</param>
    /// <param name="url">Where it came from.</param>
    /// <returns>Null for what is no such playlist, or not understood.</returns>
    public static LivePlaylist? Read(string text, Uri url)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var playlist = new LivePlaylist(url);
        return lines is ["#EXTM3U", ..] && lines.All(playlist.Take) ? playlist : null;
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
            case "#EXTINF":
                return TryReadSeconds(value.Split(',')[0], out _duration);
            case "#EXT-X-TARGETDURATION":
                var isRead = TryReadSeconds(value, out var target);
                Target = target > TimeSpan.Zero ? target : UsualTarget;
                return isRead;
            case "#EXT-X-MEDIA-SEQUENCE":
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _sequence);
            case "#EXT-X-BYTERANGE":
                _part = HlsPlaylist.PartOf(value, _partEnd);
                return _part is not null;
            case "#EXT-X-KEY":
                return _key.TryTake(HlsAttributes.Parse(value));
            case "#EXT-X-MAP":
                return TakeHead(HlsAttributes.Parse(value));
            case "#EXT-X-GAP":
                return _isGap = true;
            case "#EXT-X-DISCONTINUITY":
                return _isDiscontinuous = true;
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

        var segment = _isGap ? null : new Segment(url, _part, _key.CipherOf(_sequence));
        _segments.Add(new LiveSegment(_sequence, segment, _duration, _head, _isDiscontinuous));
        _partEnd = _part?.End ?? 0;
        (_part, _isGap, _isDiscontinuous) = (null, false, false);
        _sequence++;
        return true;
    }

    private bool TakeHead(IReadOnlyDictionary<string, string> head)
    {
        if (!Uri.TryCreate(_url, head.GetValueOrDefault("URI", ""), out var url))
        {
            return false;
        }

        var part = head.TryGetValue("BYTERANGE", out var range) ? HlsPlaylist.PartOf(range, 0) : null;
        _head = new Segment(url, part, _key.CipherOf(0));
        return range is null || part is not null;
    }

    private static bool TryReadSeconds(string text, out TimeSpan time)
    {
        var isRead =
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds < TimeSpan.SecondsPerHour;
        time = isRead ? TimeSpan.FromSeconds(seconds) : default;
        return isRead;
    }
}
