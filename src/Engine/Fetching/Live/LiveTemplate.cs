using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decant.Engine.Fetching.Segments;

namespace Decant.Engine.Fetching.Live;

/// <summary>How a DASH manifest names the segments of one rendition.</summary>
internal sealed partial record LiveTemplate
{
    /// <summary>Days of them; a manifest that claims more is made to be a burden.</summary>
    private const int MostSegments = 200_000;
    private const int LongestPattern = 2048;

    /// <summary>Seconds.</summary>
    private const double LongestSegment = 3600;

    public required Uri Base { get; init; }
    public required string Media { get; init; }
    public required string? Head { get; init; }
    public required IReadOnlyDictionary<string, string> Known { get; init; }
    public required double Timescale { get; init; }
    public required long? StartNumber { get; init; }
    public required long Offset { get; init; }
    public required long? Length { get; init; }
    public required IReadOnlyList<XElement>? Timeline { get; init; }

    /// <param name="levels">From the manifest's root to the rendition; what stands further in goes before.</param>
    /// <param name="where">What names are relative to.</param>
    /// <returns>Null where segments are not named by a template.</returns>
    public static LiveTemplate? Of(IReadOnlyList<XElement> levels, Uri where)
    {
        var templates = levels.SelectMany(level => level.Named("SegmentTemplate")).Reverse().ToList();
        var rendition = levels[^1];
        var (timescale, length) = (First(one => one.Whole("timescale")) ?? 1, First(one => one.Whole("duration")));
        var timeline = templates.SelectMany(one => one.Named("SegmentTimeline")).FirstOrDefault();
        if (
            templates.Select(one => one.Text("media")).FirstOrDefault(one => one is not null) is not { } media
            || media.Length > LongestPattern
            || timescale <= 0
            || (timeline is null && length is not > 0)
        )
        {
            return null;
        }

        return new LiveTemplate
        {
            Base = where,
            Media = media,
            Head = templates.Select(one => one.Text("initialization")).FirstOrDefault(one => one is not null),
            Known = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RepresentationID"] = rendition.Text("id") ?? "",
                ["Bandwidth"] = rendition.Text("bandwidth") ?? "",
            },
            Timescale = timescale,
            StartNumber = First(one => one.Whole("startNumber")),
            Offset = First(one => one.Whole("presentationTimeOffset")) ?? 0,
            Length = length,
            Timeline = timeline?.Named("S").ToList(),
        };

        long? First(Func<XElement, long?> read) => templates.Select(read).FirstOrDefault(value => value is not null);
    }

    /// <param name="available">How much of the period there is; null where the manifest does not say.</param>
    /// <param name="depth">How much of that is kept; null for all.</param>
    /// <returns>Null for what is not understood.</returns>
    public IReadOnlyList<LiveSegment>? List(TimeSpan? available, TimeSpan? depth)
    {
        var places = Timeline is null ? ByClock(available, depth) : ByTimeline(Timeline, available);
        if (places?.Take(MostSegments + 1).ToList() is not { Count: <= MostSegments } all)
        {
            return null;
        }

        var head = Head is null ? null : Named(Head, new Place(0, 0, 0));
        var media = all.Select(place => Named(Media, place)).OfType<Segment>().ToList();
        return (Head is not null && head is null) || media.Count < all.Count
            ? null
            :
            [
                .. all.Select(
                    (place, index) =>
                        new LiveSegment(
                            place.Number,
                            media[index],
                            TimeSpan.FromSeconds(place.Length / Timescale),
                            head,
                            IsDiscontinuous: false
                        )
                ),
            ];
    }

    private IEnumerable<Place>? ByClock(TimeSpan? available, TimeSpan? depth)
    {
        if (available is not { } there || Length is not { } length || !IsSane(length))
        {
            return null;
        }

        var each = length / Timescale;
        var count = Math.Max(0, (long)Math.Floor(there.TotalSeconds / each));
        var first = depth is null ? 0 : Math.Max(0, (long)Math.Ceiling((there - depth.Value).TotalSeconds / each));
        return Enumerate(first, count - first)
            .Select(index => new Place(index + (StartNumber ?? 1), Offset + (index * length), length));
    }

    private IEnumerable<Place> ByTimeline(IReadOnlyList<XElement> runs, TimeSpan? available)
    {
        long index = 0;
        var at = 0L;
        for (var run = 0; run < runs.Count; run++)
        {
            if (runs[run].Whole("d") is not (> 0 and var length) || !IsSane(length))
            {
                yield break;
            }

            at = runs[run].Whole("t") ?? at;
            // -1 is "until the next one begins", or until now.
            var end = run + 1 < runs.Count ? runs[run + 1].Whole("t") : Offset + (available?.TotalSeconds * Timescale);
            var count = runs[run].Whole("r") switch
            {
                null => 1,
                >= 0 and var more => more + 1,
                _ => (long)Math.Max(0, ((end ?? at) - at) / length),
            };
            foreach (var _ in Enumerate(0, count))
            {
                // Without numbers of their own they are counted by where they stand.
                var number = StartNumber + index ?? (long)Math.Round((double)at / length);
                yield return new Place(number, at, length);
                at += length;
                index++;
            }
        }
    }

    private static IEnumerable<long> Enumerate(long first, long count)
    {
        for (long index = 0; index < count; index++)
        {
            yield return first + index;
        }
    }

    private bool IsSane(long length) => length / Timescale <= LongestSegment;

    /// <returns>Null for what is no address.</returns>
    private Segment? Named(string pattern, Place place) =>
        Uri.TryCreate(Base, Identifier().Replace(pattern, match => Value(match, place)), out var url)
            ? new Segment(url)
            : null;

    private string Value(Match match, Place place)
    {
        var name = match.Groups["name"].Value;
        var number = name switch
        {
            "Number" => place.Number,
            "Time" => place.Time,
            _ => (long?)null,
        };
        var width = match.Groups["width"] is { Success: true } digits
            ? int.Parse(digits.Value, CultureInfo.InvariantCulture)
            : 0;
        return name.Length == 0
            ? "$"
            : number?.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')
                ?? Known.GetValueOrDefault(name, match.Value);
    }

    [GeneratedRegex(@"\$(?<name>[A-Za-z]*)(%0(?<width>\d{1,2})d)?\$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    /// <summary>A segment's number, when it begins, and how long it plays, both in units of the timescale.</summary>
    private readonly record struct Place(long Number, long Time, long Length);
}
