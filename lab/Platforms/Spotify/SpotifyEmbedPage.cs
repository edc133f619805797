using System.Text.Json;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>The player for other sites. What it shows is JSON in its page; of a list the first hundred.</summary>
internal static class SpotifyEmbedPage
{
    private const int Shown = 100;

    public static string Gone { get; } =
        Html(new { props = new { pageProps = new { status = 404 } }, page = "/_error" });

    /// <returns>Null for what is not there.</returns>
    public static string? Of(string kind, string id) =>
        Entity(kind, id) is { } entity
            ? Html(
                new
                {
                    props = new
                    {
                        pageProps = new
                        {
                            state = new { data = new { entity, embeded_entity_uri = $"spotify:{kind}:{id}" } },
                        },
                    },
                    page = "/[...path]",
                }
            )
            : null;

    private static object? Entity(string kind, string id) =>
        (kind, id[..11]) switch
        {
            (_, "gone0000001") => null,
            ("track", _) => Song(new SpotifySong(id)),
            ("episode", _) => Episode(new SpotifySong(id, IsEpisode: true)),
            ("album" or "playlist", _) => List(new SpotifyCollection(id, kind == "album")),
            _ => null,
        };

    private static object Song(SpotifySong song) =>
        new
        {
            type = "track",
            name = song.Title,
            uri = $"spotify:track:{song.Id}",
            id = song.Id,
            title = song.Title,
            artists = new[]
            {
                new { name = SpotifySong.Artist, uri = "spotify:artist:0000000000000000000001" },
                new { name = SpotifySong.Guest, uri = "spotify:artist:0000000000000000000002" },
            },
            releaseDate = new { isoString = $"{song.ReleasedText}T00:00:00Z" },
            duration = song.Milliseconds,
            isPlayable = true,
            isExplicit = false,
            audioPreview = new { url = "https://p.scdn.co/mp3-preview/lab" },
            visualIdentity = new { image = Pictures(song.Cover) },
        };

    private static object Episode(SpotifySong episode) =>
        new
        {
            type = "episode",
            name = episode.Title,
            uri = $"spotify:episode:{episode.Id}",
            id = episode.Id,
            title = episode.Title,
            subtitle = SpotifySong.Show,
            releaseDate = new { isoString = $"{episode.ReleasedText}T00:00:00Z" },
            duration = episode.Milliseconds,
            isPlayable = true,
            visualIdentity = new { image = Pictures(episode.Cover) },
        };

    private static object List(SpotifyCollection list) =>
        new
        {
            type = list.Kind,
            name = list.Title,
            uri = $"spotify:{list.Kind}:{list.Id}",
            id = list.Id,
            title = list.Title,
            subtitle = list.By,
            coverArt = new
            {
                sources = new[]
                {
                    new
                    {
                        url = list.Cover,
                        height = (int?)null,
                        width = (int?)null,
                    },
                },
            },
            trackList = list
                .Songs.Take(Shown)
                .Select(song => new
                {
                    uri = $"spotify:track:{song.Id}",
                    uid = song.Name,
                    title = song.Title,
                    // Names are kept together by spaces that do not break.
                    subtitle = $"{SpotifySong.Artist},\u00a0{SpotifySong.Guest}",
                    duration = song.Milliseconds,
                    isPlayable = true,
                    entityType = "track",
                }),
        };

    private static object[] Pictures(string cover) =>
        [
            new
            {
                url = $"{cover}-small",
                maxHeight = 64,
                maxWidth = 64,
            },
            new
            {
                url = cover,
                maxHeight = 640,
                maxWidth = 640,
            },
        ];

    private static string Html(object data) =>
        $"""
            <!DOCTYPE html><html lang="en"><head><title>Spotify Embed</title></head><body><div id="__next"></div>
            <script id="__NEXT_DATA__" type="application/json">{JsonSerializer.Serialize(data)}</script></body></html>
            """;
}
