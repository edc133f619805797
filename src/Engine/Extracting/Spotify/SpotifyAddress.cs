using System.Text.RegularExpressions;
using Decant.Engine.Errors;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>A Spotify URL, parsed: kind and id.</summary>
/// <param name="Id">22 letters and digits.</param>
internal sealed partial record SpotifyAddress(SpotifyKind Kind, string Id)
{
    private static readonly HashSet<string> PageHosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "open.spotify.com",
        "play.spotify.com",
        "embed.spotify.com",
    };

    private static readonly HashSet<string> ShortHosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "spotify.link",
        "spotify.app.link",
        "spoti.fi",
    };

    /// <summary>The page, in Spotify's canonical form.</summary>
    public Uri Page => new($"https://open.spotify.com/{Path}");

    /// <summary>The page's player for other sites, which carries its data as JSON.</summary>
    public Uri Embed => new($"https://open.spotify.com/embed/{Path}");

    public bool IsList => Kind is SpotifyKind.Album or SpotifyKind.Playlist;

    private string Path => $"{Kind.ToString().ToLowerInvariant()}/{Id}";

    /// <summary>The URL belongs to Spotify.</summary>
    public static bool Covers(Uri url) => PageHosts.Contains(url.Host) || IsShort(url);

    /// <summary>The URL is a short link, which has to be followed.</summary>
    public static bool IsShort(Uri url) => ShortHosts.Contains(url.Host);

    /// <exception cref="MediaException"><c>invalid_url</c>, <c>unsupported_url</c>.</exception>
    public static SpotifyAddress Parse(Uri url)
    {
        var match = PagePath().Match(url.AbsolutePath);
        if (!match.Success || !Enum.TryParse<SpotifyKind>(match.Groups["kind"].Value, ignoreCase: true, out var kind))
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{url.AbsolutePath}\" at {url.Host} is no track, album, playlist or episode; send the address of one."
            );
        }

        var id = match.Groups["id"].Value;
        return SpotifyId().IsMatch(id)
            ? new SpotifyAddress(kind, id)
            : throw new MediaException(
                MediaError.InvalidUrl,
                $"\"{id}\" is no Spotify id, which has 22 letters and digits; the address looks cut short or mistyped."
            );
    }

    /// <returns>Null for what is no track, album, playlist or episode.</returns>
    public static SpotifyAddress? FromUri(string? uri) =>
        uri?.Split(':') is ["spotify", var kind, var id]
        && Enum.TryParse<SpotifyKind>(kind, ignoreCase: true, out var known)
        && SpotifyId().IsMatch(id)
            ? new SpotifyAddress(known, id)
            : null;

    /// <summary>A path with the language, the player's prefix or a playlist's owner before it, as the site's own links have them.</summary>
    [GeneratedRegex(
        "^/(intl-[a-zA-Z-]{2,10}/)?(embed(-podcast)?/)?(user/[^/]+/)?(?<kind>track|album|playlist|episode)/(?<id>[^/]+)/?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PagePath();

    [GeneratedRegex("^[0-9A-Za-z]{22}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpotifyId();
}

internal enum SpotifyKind
{
    Track,
    Album,
    Playlist,
    Episode,
}
