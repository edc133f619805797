using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Lab.Platforms.Spotify;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The search of YouTube, and that of YouTube Music for songs. It knows the songs and episodes that Spotify has, by name; of songs with an ISRC also that.</summary>
internal sealed partial class SongSearch : ISite
{
    private const string Artist = "MUSIC_PAGE_TYPE_ARTIST";
    private const string Album = "MUSIC_PAGE_TYPE_ALBUM";

    public IReadOnlyList<string> Hosts => ["www.youtube.com", "music.youtube.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/youtubei/v1/search",
                (JsonObject body) => JsonAnswer.Of(Music(Found((string?)body["query"] ?? "", songs: true)))
            )
            .RequireHost("music.youtube.com");
        routes
            .MapPost(
                "/youtubei/v1/search",
                (JsonObject body) => JsonAnswer.Of(Videos(Found((string?)body["query"] ?? "", songs: false)))
            )
            .RequireHost("www.youtube.com");
    }

    private static IEnumerable<FoundSong> Found(string query, bool songs)
    {
        if (SpotifySong.ByIsrc(query) is { } coded)
        {
            return songs ? FoundSong.Songs(coded, byIsrc: true) : [];
        }

        if (Name().Match(query) is not { Success: true } match)
        {
            return [];
        }

        var song = new SpotifySong(
            SpotifySong.IdOf(match.Groups["name"].Value),
            match.Groups["kind"].Value == "episode"
        );
        return songs ? FoundSong.Songs(song, byIsrc: false) : FoundSong.Videos(song);
    }

    private static object Music(IEnumerable<FoundSong> songs) =>
        new
        {
            contents = new
            {
                tabbedSearchResultsRenderer = new
                {
                    tabs = new[]
                    {
                        new
                        {
                            tabRenderer = new
                            {
                                selected = true,
                                content = new
                                {
                                    sectionListRenderer = new
                                    {
                                        contents = new[]
                                        {
                                            new { musicShelfRenderer = new { contents = songs.Select(Line) } },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        };

    /// <summary>A song's line: its name; and its performers, album and length, each a link but the last.</summary>
    private static object Line(FoundSong song) =>
        new
        {
            musicResponsiveListItemRenderer = new
            {
                playlistItemData = new { videoId = song.VideoId },
                flexColumns = new[]
                {
                    Column(new { text = song.Title }),
                    Column(
                        Linked(song.Artist, Artist),
                        new { text = " & " },
                        Linked(SpotifySong.Guest, Artist),
                        new { text = " • " },
                        Linked(song.Album!, Album),
                        new { text = " • " },
                        new { text = song.Length }
                    ),
                    Column(new { text = "12K plays" }),
                },
            },
        };

    private static object Column(params object[] runs) =>
        new { musicResponsiveListItemFlexColumnRenderer = new { text = new { runs } } };

    private static object Linked(string text, string pageType) =>
        new
        {
            text,
            navigationEndpoint = new
            {
                browseEndpoint = new
                {
                    browseId = "UClab",
                    browseEndpointContextSupportedConfigs = new { browseEndpointContextMusicConfig = new { pageType } },
                },
            },
        };

    private static object Videos(IEnumerable<FoundSong> songs) =>
        new
        {
            contents = new
            {
                twoColumnSearchResultsRenderer = new
                {
                    primaryContents = new
                    {
                        sectionListRenderer = new
                        {
                            contents = new[]
                            {
                                new
                                {
                                    itemSectionRenderer = new
                                    {
                                        contents = songs.Select(song => new
                                        {
                                            videoRenderer = new
                                            {
                                                videoId = song.VideoId,
                                                title = Json.Runs(song.Title),
                                                lengthText = Json.Simple(song.Length),
                                                ownerText = Json.Runs(song.Artist),
                                                viewCountText = Json.Simple("1,234 views"),
                                            },
                                        }),
                                    },
                                },
                            },
                        },
                    },
                },
            },
        };

    [GeneratedRegex(
        "Lab (?<kind>song|episode) (?<name>[0-9A-Za-z]{11})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();
}
