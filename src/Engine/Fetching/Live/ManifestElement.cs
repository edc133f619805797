using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Live;

/// <summary>Reads elements of a DASH manifest, whatever namespace they are in.</summary>
internal static class ManifestElement
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10_000);

    public static IEnumerable<XElement> Named(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string name) => element.Attribute(name)?.Value;

    public static long? Whole(this XElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>Such as <c>PT1H2.5S</c>; null for what is none, or longer than any stream.</summary>
    public static TimeSpan? Span(this XElement element, string name)
    {
        try
        {
            return
                element.Text(name) is { } text && XmlConvert.ToTimeSpan(text) is var span && span.Duration() < Longest
                ? span
                : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
