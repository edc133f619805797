using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Segments that are named by a pattern, with a timeline or all of one length.</summary>
internal sealed partial record DashTemplate : DashAddressing
{
    private const int LongestPattern = 2048;

    /// <summary>A last segment that would play no longer than this may owe its place to rounding.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(0.1);

    public required DashTimeline? Timeline { get; init; }

    /// <summary>Length of each segment, in units of the timescale.</summary>
    public required long? Length { get; init; }
    public required string Media { get; init; }
    public required string? Initialization { get; init; }
    public required string? InitializationRange { get; init; }
    public required long? StartNumber { get; init; }
    public required long? EndNumber { get; init; }
    public required IReadOnlyDictionary<string, string> Known { get; init; }

    public static DashTemplate? Of(DashInheritance said, XElement representation, IReadOnlyList<Uri> bases)
    {
        var timeline = said.Child("SegmentTimeline") is { } runs ? DashTimeline.Of(runs) : null;
        var length = said.Whole("duration");
        if (
            said.Text("media") is not { Length: <= LongestPattern } media
            || (timeline is null && (length is not > 0 || said.Child("SegmentTimeline") is not null))
        )
        {
            return null;
        }
        var element = said.Child("Initialization");
        return new DashTemplate
        {
            Bases = bases,
            Timescale = said.Timescale,
            Offset = said.Offset,
            Timeline = timeline,
            Length = length,
            Media = media,
            Initialization = said.Text("initialization") ?? element?.Text("sourceURL"),
            InitializationRange = said.Text("initialization") is null ? element?.Text("range") : null,
            StartNumber = said.Whole("startNumber"),
            EndNumber = said.Whole("endNumber"),
            Known = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RepresentationID"] = representation.Text("id") ?? "",
                ["Bandwidth"] = representation.Text("bandwidth") ?? "",
            },
        };
    }

    public override IReadOnlyList<DashSegment>? List(DashPeriod period) =>
        Name(Timeline is null ? ByLength(period.Duration, first: 0) : ByTimeline(period.Duration), period.Duration);

    /// <summary>Segments that are there of a stream that goes on.</summary>
    /// <param name="available">Length of the period that is there; null where the manifest does not say.</param>
    /// <param name="depth">Length of it that is kept; null for all.</param>
    /// <returns>Null for what is not understood.</returns>
    public IReadOnlyList<DashSegment>? ListAvailable(TimeSpan? available, TimeSpan? depth)
    {
        if (Timeline is not null)
        {
            return Name(Timeline.List(Until(available), isGrowing: true)?.Select(ToPlace), limit: null);
        }
        if (available is not { } there || Length is not { } length || !IsSane(length))
        {
            return null;
        }
        var each = length / Timescale;
        var first = depth is null ? 0 : Math.Max(0, (long)Math.Ceiling((there - depth.Value).TotalSeconds / each));
        var whole = TimeSpan.FromSeconds(Math.Floor(there.TotalSeconds / each) * each);
        return Name(ByLength(whole, first), limit: null);
    }

    public override bool TryHead(out Segment? head)
    {
        var isNamed = Initialization is not null || InitializationRange is not null;
        var name = Initialization is null ? null : Fill(Initialization, default);
        head = isNamed && (name is null) == (Initialization is null) ? At(name, InitializationRange) : null;
        return head is not null || !isNamed;
    }

    private long? Until(TimeSpan? there) => there is { } span ? Offset + (long)(span.TotalSeconds * Timescale) : null;

    private IEnumerable<Place>? ByTimeline(TimeSpan? duration) => Timeline!.List(Until(duration))?.Select(ToPlace);

    private Place ToPlace((long Index, long Start, long Length, long? Number) run)
    {
        // A window that moves counts by where segments stand, where it has no numbers of its own.
        var sequence = StartNumber + run.Index ?? (long)Math.Round((double)run.Start / run.Length);
        return new Place(run.Number ?? (StartNumber ?? 1) + run.Index, sequence, run.Start, run.Length);
    }

    private IEnumerable<Place>? ByLength(TimeSpan? duration, long first)
    {
        if (Length is not { } length || !IsSane(length))
        {
            return null;
        }
        var start = StartNumber ?? 1;
        var numbered = EndNumber is { } last ? last - start + 1 : (long?)null;
        // The last may be shorter; a thousandth of one is a rounding.
        var timed = duration is { } span
            ? (long)Math.Ceiling(Math.Round(span.TotalSeconds * Timescale / length, 3))
            : (long?)null;
        return (numbered ?? timed) is { } count
            ? Enumerable
                .Range(0, (int)Math.Clamp(Math.Min(count, timed ?? count) - first, 0, MostSegments + 1))
                .Select(nth => first + nth)
                .Select(index => new Place(start + index, start + index, Offset + (index * length), length))
            : null;
    }

    /// <param name="places">Places of the segments; null for what is not understood.</param>
    /// <param name="limit">Length of the period; null where that is not known.</param>
    private List<DashSegment>? Name(IEnumerable<Place>? places, TimeSpan? limit)
    {
        if (places is null)
        {
            return null;
        }
        var all = new List<DashSegment>();
        foreach (var place in places)
        {
            if (
                all.Count == MostSegments
                || !IsSane(place.Length)
                || Fill(Media, place) is not { } name
                || At(name) is not { } segment
            )
            {
                return null;
            }
            var (start, length) = (Span(place.Start - Offset), Span(place.Length));
            var left = limit - start;
            // A timeline knows what it says; of segments of one length the last is cut.
            var isCut = Timeline is null && left < length && left > TimeSpan.Zero;
            all.Add(
                new DashSegment(place.Sequence, start, isCut ? left!.Value : length, segment)
                {
                    IsDoubtful = left < (length / 2 < Rounding ? length / 2 : Rounding),
                }
            );
        }
        return all;
    }

    /// <returns>Null where the pattern asks for something that is not known.</returns>
    private string? Fill(string pattern, Place place)
    {
        var isKnown = true;
        var filled = Identifier()
            .Replace(
                pattern,
                match =>
                {
                    var value = Value(match, place);
                    isKnown &= value is not null;
                    return value ?? "";
                }
            );
        return isKnown ? filled : null;
    }

    private string? Value(Match match, Place place)
    {
        var name = match.Groups["name"].Value;
        var width = match.Groups["width"] is { Success: true, Length: > 0 } digits
            ? int.Parse(digits.Value, CultureInfo.InvariantCulture)
            : 0;
        return name switch
        {
            "" => "$",
            "Number" => Padded(place.Number),
            "Time" => Padded(place.Start),
            "Bandwidth" => Known[name].PadLeft(width, '0'),
            _ => Known.GetValueOrDefault(name),
        };

        string Padded(long number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
    }

    [GeneratedRegex(@"\$(?<name>[A-Za-z]*)(%0?(?<width>\d{0,2})[du])?\$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    /// <summary>A segment's number, its place among all, when it begins, and how long it plays, these in units of the timescale.</summary>
    private readonly record struct Place(long Number, long Sequence, long Start, long Length);
}
