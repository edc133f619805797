using System.Text.RegularExpressions;

namespace Decant.Engine.Fetching.Hls;

/// <summary>The attribute list of a playlist's tag (RFC 8216, section 4.2). Blanks around names and values are passed over.</summary>
internal static partial class HlsAttributes
{
    public static IReadOnlyDictionary<string, string> Parse(string list)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Attribute.Matches(list))
        {
            attributes.TryAdd(match.Groups["name"].Value, match.Groups["value"].Value.Trim().Trim('"'));
        }
        return attributes;
    }

    [GeneratedRegex("(?<name>[A-Z0-9-]+)\\s*=\\s*(?<value>\"[^\"]*\"|[^,]*)", RegexOptions.None, 1000)]
    private static partial Regex Attribute { get; }
}
