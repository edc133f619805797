using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Segments that are named one by one: files, or ranges of one.</summary>
internal sealed record DashList : DashAddressing
{
    public required IReadOnlyList<(string? Name, string? Range)> Media { get; init; }
    public required DashTimeline? Timeline { get; init; }
    public required long? Length { get; init; }
    public required XElement? Initialization { get; init; }

    public static DashList? Of(DashInheritance said, IReadOnlyList<Uri> bases)
    {
        var timeline = said.Child("SegmentTimeline") is { } runs ? DashTimeline.Of(runs) : null;
        var media = said.Children("SegmentURL").Select(one => (one.Text("media"), one.Text("mediaRange"))).ToList();
        return media.Count is 0 or > MostSegments || (timeline is null && said.Child("SegmentTimeline") is not null)
            ? null
            : new DashList
            {
                Bases = bases,
                Timescale = said.Timescale,
                Offset = said.Offset,
                Media = media,
                Timeline = timeline,
                Length = said.Whole("duration"),
                Initialization = said.Child("Initialization"),
            };
    }

    public override IReadOnlyList<DashSegment>? List(DashPeriod period)
    {
        var times = Times(period.Duration)?.Take(Media.Count).ToList();
        var segments = Media.Select(one => At(one.Name, one.Range)).OfType<Segment>().ToList();
        return times is null || times.Count < Media.Count || segments.Count < Media.Count
            ? null
            :
            [
                .. segments
                    .Zip(times)
                    .Select((pair, index) => new DashSegment(index, pair.Second.Start, pair.Second.Length, pair.First)),
            ];
    }

    public override bool TryHead(out Segment? head)
    {
        head = Initialization is { } element ? At(element.Text("sourceURL"), element.Text("range")) : null;
        return head is not null || Initialization is null;
    }

    private IEnumerable<(TimeSpan Start, TimeSpan Length)>? Times(TimeSpan? duration)
    {
        if (Timeline is not null)
        {
            var end = duration is { } until ? Offset + (long)(until.TotalSeconds * Timescale) : (long?)null;
            return Timeline.List(end)?.Select(run => (Span(run.Start - Offset), Span(run.Length)));
        }
        var length = Length is { } stated ? Span(stated) : duration / Media.Count;
        // The last is as long as what is left of the period.
        return length is { } each && each > TimeSpan.Zero && each < TimeSpan.FromDays(1)
            ? Media.Select((_, index) => (index * each, LastOf(index * each, each, duration)))
            : null;
    }

    private static TimeSpan LastOf(TimeSpan start, TimeSpan each, TimeSpan? period) =>
        period - start is { } left && left < each ? (left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1)) : each;
}
