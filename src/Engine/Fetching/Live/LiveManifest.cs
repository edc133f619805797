using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Live;

/// <summary>
/// Reads one rendition of a DASH manifest (ISO/IEC 23009-1) of a stream that goes on: its newest period, where segments are named by a
/// template, with a timeline or by the clock.
/// </summary>
internal static class LiveManifest
{
    private const int MostCharacters = 8 << 20;
    private static readonly TimeSpan UsualTarget = TimeSpan.FromSeconds(5);

    /// <param name="text">The manifest.</param>
    /// <param name="url">Where it came from.</param>
    /// <param name="representation">Whose segments are wanted.</param>
    /// <param name="now">What the clock says.</param>
    /// <returns>Null for what is no such manifest, or not understood.</returns>
    public static LiveWindow? Read(string text, Uri url, string representation, DateTimeOffset now)
    {
        if (Parse(text) is not { Name.LocalName: "MPD" } manifest)
        {
            return null;
        }

        var period = manifest.Named("Period").LastOrDefault();
        var wanted = period
            ?.Descendants()
            .FirstOrDefault(one => one.Name.LocalName == "Representation" && one.Text("id") == representation);
        if (period is null || wanted is null)
        {
            return null;
        }

        var levels = wanted.AncestorsAndSelf().Reverse().ToList();
        var where = levels
            .Select(level => level.Named("BaseURL").FirstOrDefault()?.Value.Trim())
            .OfType<string>()
            .Aggregate(url, (outer, inner) => Uri.TryCreate(outer, inner, out var next) ? next : outer);
        if (LiveTemplate.Of(levels, where) is not { } template)
        {
            return null;
        }

        var hasEnded = manifest.Text("type") != "dynamic";
        var segments = template.List(Available(manifest, period, hasEnded, now), manifest.Span("timeShiftBufferDepth"));
        return segments is null
            ? null
            : new LiveWindow(
                segments,
                segments.Count > 0 ? segments.Max(segment => segment.Duration) : UsualTarget,
                hasEnded
            );
    }

    /// <summary>How much of the period there is.</summary>
    private static TimeSpan? Available(XElement manifest, XElement period, bool hasEnded, DateTimeOffset now)
    {
        var began = period.Span("start") ?? TimeSpan.Zero;
        if (hasEnded)
        {
            return period.Span("duration") ?? manifest.Span("mediaPresentationDuration") - began;
        }

        return DateTimeOffset.TryParse(
            manifest.Text("availabilityStartTime"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var start
        )
            ? now - start - began
            : null;
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
