using System.Globalization;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Base addresses of the names in a manifest: several where the same lies on several servers.</summary>
internal static class DashBases
{
    /// <summary>Most addresses of one segment that are tried.</summary>
    private const int Most = 4;

    /// <param name="levels">Elements from the manifest's root to the representation.</param>
    /// <param name="url">Address that the manifest came from.</param>
    /// <returns>In the order in which to try them; at least one.</returns>
    public static IReadOnlyList<Uri> Of(IEnumerable<XElement> levels, Uri url)
    {
        IReadOnlyList<Uri> bases = [url];
        foreach (var level in levels)
        {
            var named = level
                .Named("BaseURL")
                .OrderBy(one => Priority(one))
                .Select(one => one.Value.Trim())
                .Where(name => name.Length > 0)
                .ToList();
            var resolved = bases
                .SelectMany(outer => named.Select(name => Resolve(outer, name)))
                .OfType<Uri>()
                .Distinct()
                .Take(Most)
                .ToList();
            bases = resolved.Count > 0 ? resolved : bases;
        }
        return bases;
    }

    /// <returns>Null for what is no address on the web.</returns>
    public static Uri? Resolve(Uri outer, string name) =>
        Uri.TryCreate(outer, name, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : null;

    /// <summary>DVB's (ETSI TS 103 285, section 10.8.2.1): the lower before the higher.</summary>
    private static int Priority(XElement element) =>
        int.TryParse(
            element.Attributes().FirstOrDefault(one => one.Name.LocalName == "priority")?.Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var priority
        )
            ? priority
            : 1;
}
