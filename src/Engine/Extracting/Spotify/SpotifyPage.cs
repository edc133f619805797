using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Link preview (Open Graph) in the head of a public page. Pure.</summary>
/// <remarks>Open Graph with its vocabulary for music (https://ogp.me/#type_music).</remarks>
internal sealed partial class SpotifyPage
{
    /// <summary>Separator of performer, album and year in a page's one-line description.</summary>
    private const string Dot = " · ";

    /// <summary>Characters.</summary>
    private const int MaxTag = 4000;

    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);

    public SpotifyPage(string html)
    {
        foreach (var tag in MetaTags(html))
        {
            var attributes = Attribute()
                .Matches(tag)
                .GroupBy(match => match.Groups["name"].Value.ToLowerInvariant())
                .ToDictionary(group => group.Key, group => WebUtility.HtmlDecode(group.First().Groups["value"].Value));
            if (
                (attributes.GetValueOrDefault("property") ?? attributes.GetValueOrDefault("name")) is { } name
                && attributes.GetValueOrDefault("content") is { Length: > 0 } content
            )
            {
                _properties.TryAdd(name, content.Trim());
            }
        }
    }

    /// <summary>Number of tracks of a playlist or an album.</summary>
    public int? SongCount => Number("music:song_count") is > 0 and < 1_000_000 and var count ? (int)count : null;

    /// <returns>Null where the page does not say what a recording is told by: its name, its performers and its length.</returns>
    public SpotifyRecording? Recording(SpotifyAddress address)
    {
        if (
            Text("og:title") is not { } title
            || Text("music:musician_description") is not { } musicians
            || Number("music:duration") is not (> 0 and < 1_000_000 and var seconds)
        )
        {
            return null;
        }

        // "Performer · Album · Song · 2019"
        var line = Text("og:description")?.Split(Dot) ?? [];
        return new SpotifyRecording
        {
            Address = address,
            Title = title,
            Artists = Names(musicians),
            Album = line is [_, var album, "Song", _] ? album : null,
            Duration = TimeSpan.FromSeconds(seconds),
            Released = SpotifyJson.Date(Text("music:release_date")),
            Cover = Uri.TryCreate(Text("og:image"), UriKind.Absolute, out var cover) ? cover : null,
        };
    }

    /// <summary>A line of names, apart.</summary>
    public static IReadOnlyList<string> Names(string line) =>
        [.. line.Replace('\u00a0', ' ').Split(", ").Select(name => name.Trim()).Where(name => name.Length > 0)];

    private string? Text(string property) => _properties.GetValueOrDefault(property);

    private double? Number(string property) =>
        double.TryParse(Text(property), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static IEnumerable<string> MetaTags(string html)
    {
        const string Start = "<meta";
        var at = 0;
        while (
            (at = html.IndexOf(Start, at, StringComparison.OrdinalIgnoreCase)) >= 0
            && html.IndexOf('>', at) is >= 0 and var end
        )
        {
            // Whatever is longer tells nothing that a recording is told by.
            if (end - at < MaxTag)
            {
                yield return html[at..end];
            }

            at = end;
        }
    }

    [GeneratedRegex(
        "(?<name>property|name|content)\\s*=\\s*\"(?<value>[^\"]*)\"",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Attribute();
}
