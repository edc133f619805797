using System.Text.RegularExpressions;
using System.Web;

namespace Decant.Engine.Fetching.Hls;

/// <summary>Variables of a playlist (<c>EXT-X-DEFINE</c>; RFC 8216bis, section 4.4.2.3).</summary>
/// <param name="playlist">Address of the playlist, whose query may give values.</param>
/// <param name="imported">Variables of the master playlist.</param>
internal sealed partial class HlsVariables(Uri playlist, IReadOnlyDictionary<string, string> imported)
{
    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <param name="define">Attributes of the tag.</param>
    /// <returns>False where it gives no value.</returns>
    public bool TryDefine(IReadOnlyDictionary<string, string> define)
    {
        var (name, value) =
            define.TryGetValue("NAME", out var own) ? (own, define.GetValueOrDefault("VALUE"))
            : define.TryGetValue("IMPORT", out var import) ? (import, imported.GetValueOrDefault(import))
            : define.TryGetValue("QUERYPARAM", out var parameter)
                ? (parameter, HttpUtility.ParseQueryString(playlist.Query)[parameter])
            : ("", null);
        return value is not null && _values.TryAdd(name, value);
    }

    /// <returns>Null where a variable has no value.</returns>
    public string? Replace(string line)
    {
        if (!line.Contains("{$", StringComparison.Ordinal) || _values.Count == 0)
        {
            return line;
        }
        var isWhole = true;
        var replaced = Reference.Replace(
            line,
            match =>
            {
                var value = _values.GetValueOrDefault(match.Groups["name"].Value);
                isWhole &= value is not null;
                return value ?? "";
            }
        );
        return isWhole ? replaced : null;
    }

    [GeneratedRegex(@"\{\$(?<name>[A-Za-z0-9_-]+)\}", RegexOptions.None, 1000)]
    private static partial Regex Reference { get; }
}
