using System.Xml;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>A DASH manifest (ISO/IEC 23009-1) as it was read.</summary>
/// <param name="IsDynamic">True for a manifest that may grow.</param>
/// <param name="Began">Time at which a stream that may grow began.</param>
/// <param name="Duration">Duration of all periods; null where it does not say.</param>
/// <param name="Depth">Length that is kept of a growing stream; null for all.</param>
/// <param name="Periods">Periods in order.</param>
internal sealed record DashManifest(
    bool IsDynamic,
    DateTimeOffset? Began,
    TimeSpan? Duration,
    TimeSpan? Depth,
    IReadOnlyList<DashPeriod> Periods
)
{
    private const int MostCharacters = 16 << 20;

    /// <summary>True where nothing more will come: the manifest never grew, or said how long it would, and that is over.</summary>
    public bool HasEnded(DateTimeOffset now) =>
        !IsDynamic || (Began is { } began && Duration is { } all && began + all <= now);

    /// <param name="text">The manifest.</param>
    /// <param name="url">Address that it came from.</param>
    /// <returns>Null for what is no such manifest.</returns>
    public static DashManifest? Read(string text, Uri url)
    {
        if (Parse(text) is not { Name.LocalName: "MPD" } root)
        {
            return null;
        }
        var isDynamic = root.Text("type")?.Trim() == "dynamic";
        var whole = root.Span("mediaPresentationDuration");
        var periods = new List<DashPeriod>();
        var elements = root.Named("Period").ToList();
        var start = TimeSpan.Zero;
        foreach (var (index, element) in elements.Index())
        {
            start = element.Span("start") ?? start;
            var next = elements.ElementAtOrDefault(index + 1);
            var duration = element.Span("duration") ?? (next is not null ? next.Span("start") - start : whole - start);
            duration = duration < TimeSpan.Zero ? null : duration;
            periods.Add(DashPeriod.Of(element, url, start, duration, isLast: next is null));
            start += duration ?? TimeSpan.Zero;
        }
        var all = whole ?? (periods is [.., { Duration: not null }] ? start : null);
        return new DashManifest(
            isDynamic,
            root.Time("availabilityStartTime"),
            all,
            root.Span("timeShiftBufferDepth"),
            periods
        );
    }

    private static XElement? Parse(string text)
    {
        // No entities: a few lines of them unfold into gigabytes, or name files.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            MaxCharactersInDocument = MostCharacters,
            XmlResolver = null,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
