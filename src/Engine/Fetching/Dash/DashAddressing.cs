using System.Globalization;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Addressing of the segments of one representation in its manifest.</summary>
internal abstract record DashAddressing
{
    /// <summary>Days of them; a manifest that claims more is made to be a burden.</summary>
    protected const int MostSegments = 200_000;

    /// <summary>Seconds.</summary>
    private const double LongestSegment = 3600;

    /// <summary>Base addresses of the names, in the order in which to try them.</summary>
    public required IReadOnlyList<Uri> Bases { get; init; }

    /// <summary>Units a second.</summary>
    public required double Timescale { get; init; }

    /// <summary>Beginning of the period on the clock of the segments, in units.</summary>
    public required long Offset { get; init; }

    /// <inheritdoc cref="Offset"/>
    public TimeSpan Beginning => TimeSpan.FromSeconds(Offset / Timescale);

    /// <param name="levels">Elements from the manifest's root to the representation; what stands further in goes before.</param>
    /// <param name="url">Address that the manifest came from.</param>
    /// <returns>Null where segments are named in a way that is not understood.</returns>
    public static DashAddressing? Of(IReadOnlyList<XElement> levels, Uri url)
    {
        var bases = DashBases.Of(levels, url);
        string[] ways = ["SegmentTemplate", "SegmentList", "SegmentBase"];
        var way = levels
            .Reverse()
            .Select(level => Array.Find(ways, name => level.Named(name).Any()))
            .FirstOrDefault(name => name is not null);
        var said = new DashInheritance([.. levels.SelectMany(level => level.Named(way ?? "")).Reverse()]);
        return !(said.Timescale > 0)
            ? null
            : way switch
            {
                "SegmentTemplate" => DashTemplate.Of(said, levels[^1], bases),
                "SegmentList" => DashList.Of(said, bases),
                _ => new DashFile
                {
                    Bases = bases,
                    Timescale = said.Timescale,
                    Offset = said.Offset,
                },
            };
    }

    /// <param name="period">Period of the segments.</param>
    /// <returns>All media segments in order, none of them a head; null for what is not understood.</returns>
    public abstract IReadOnlyList<DashSegment>? List(DashPeriod period);

    /// <summary>Gives the initialization segment, which must be fetched before the others; null where each segment can be understood by itself.</summary>
    /// <returns>False where there is one that cannot be named.</returns>
    public abstract bool TryHead(out Segment? head);

    protected bool IsSane(double length) => length > 0 && length / Timescale <= LongestSegment;

    protected TimeSpan Span(double length) => TimeSpan.FromSeconds(length / Timescale);

    /// <param name="name">Name of the segment; null for what the bases themselves are the addresses of.</param>
    /// <param name="range">Range such as <c>0-833</c>; null for all of it.</param>
    /// <returns>Null for what is no address, or no range.</returns>
    protected Segment? At(string? name, string? range = null)
    {
        if (name?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
            return Uri.TryCreate(name, UriKind.Absolute, out var written) ? new Segment(written) : null;
        var urls = Bases.Select(one => name is null ? one : DashBases.Resolve(one, name)).OfType<Uri>().ToList();
        var part = range is null ? null : PartOf(range);
        return urls.Count == 0 || (range is not null && part is null)
            ? null
            : new Segment(urls[0], part) { Mirrors = urls[1..] };
    }

    private static SegmentPart? PartOf(string range) =>
        range.Split('-') is [var first, var last]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && end >= start
        && end < long.MaxValue
            ? new SegmentPart(start, end + 1)
            : null;
}

/// <param name="Sequence">Place among all segments of the stream, which stays as the manifest moves on.</param>
/// <param name="Start">Time at which it begins, counted from the beginning of its period.</param>
/// <param name="Duration">Playing time.</param>
/// <param name="Segment">Address of the segment, and its part there.</param>
internal sealed record DashSegment(long Sequence, TimeSpan Start, TimeSpan Duration, Segment Segment)
{
    /// <summary>Perhaps one segment too many: a rounded length asks for it, or it begins after the period has ended.</summary>
    public bool IsDoubtful { get; init; }
}
