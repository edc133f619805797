using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Reads elements of a DASH manifest, whatever namespace they are in.</summary>
internal static class ManifestElement
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10_000);

    public static IEnumerable<XElement> Named(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string name) => element.Attribute(name)?.Value;

    public static long? Whole(this XElement element, string name) =>
        long.TryParse(
            element.Text(name)?.Trim(),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;

    /// <summary>A width, a height, a rate: positive and believable.</summary>
    public static int? Size(this XElement element, string name) =>
        element.Whole(name) is > 0 and < 1_000_000 and var value ? (int)value : null;

    /// <summary>A duration such as <c>PT1H2.5S</c>; null for what is none, or longer than any stream.</summary>
    public static TimeSpan? Span(this XElement element, string name)
    {
        try
        {
            return
                element.Text(name) is { } text
                && XmlConvert.ToTimeSpan(text.Trim()) is var span
                && span.Duration() < Longest
                ? span
                : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    public static DateTimeOffset? Time(this XElement element, string name) =>
        DateTimeOffset.TryParse(
            element.Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>The identifiers of what a descriptor says, with its value: <c>urn:mpeg:dash:role:2011</c> and <c>main</c>.</summary>
    public static IEnumerable<(string Scheme, string Value)> Descriptors(this XElement element, string name) =>
        element.Named(name).Select(one => (one.Text("schemeIdUri")?.Trim() ?? "", one.Text("value")?.Trim() ?? ""));
}
