using System.Net;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>A public page: what matters of it is in its head.</summary>
internal static class SpotifyHeadPage
{
    public static string Of(SpotifySong song) =>
        Page(
            song.Title,
            ("og:title", song.Title),
            (
                "og:description",
                $"{SpotifySong.Artist}, {SpotifySong.Guest} · {SpotifySong.Album} · Song · {song.Released.Year}"
            ),
            ("og:url", song.Page),
            ("og:type", "music.song"),
            ("og:image", song.Cover),
            ("music:duration", $"{song.Seconds}"),
            ("music:album", "https://open.spotify.com/album/0000000000000000000001"),
            ("music:album:track", "3"),
            ("music:musician_description", $"{SpotifySong.Artist}, {SpotifySong.Guest}"),
            ("music:release_date", song.ReleasedText)
        );

    public static string Of(SpotifyCollection list) =>
        Page(
            list.Title,
            ("og:title", list.Title),
            ("og:description", $"{list.Kind} · {list.By} · {list.Songs.Count} items"),
            ("og:url", list.Page),
            ("og:type", $"music.{list.Kind}"),
            ("og:image", list.Cover),
            ("music:song_count", $"{list.Songs.Count}")
        );

    private static string Page(string title, params (string Property, string Content)[] head) =>
        $"""
            <!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{WebUtility.HtmlEncode(
                title
            )} | Spotify</title>
            {string.Concat(head.Select(meta => Meta(meta.Property, meta.Content)))}
            </head><body><div id="main"></div></body></html>
            """;

    // The vocabulary of music goes by name, that of Open Graph by property.
    private static string Meta(string property, string content) =>
        $"<meta {(property.StartsWith("og:", StringComparison.Ordinal) ? "property" : "name")}=\"{property}\" content=\"{WebUtility.HtmlEncode(content)}\"/>";
}
