using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The pages a browser gets, with the data for their scripts inside.</summary>
internal static class WatchPage
{
    public static string Video(YouTubeVideo video, JsonObject player, YouTubePlaylist? playlist) =>
        Html(
            video.IsHidden ? "YouTube" : video.Title,
            video.IsHidden
                ? ""
                : $"""
                <meta property="og:title" content="{WebUtility.HtmlEncode(video.Title)}">
                <meta property="og:image" content="https://i.ytimg.com/vi/{video.Id}/maxresdefault.jpg">
                """,
            $"var ytInitialPlayerResponse = {player.ToJsonString()};",
            WatchNext(video, playlist)
        );

    public static string Data(string title, object initialData) => Html(title, "", "", initialData);

    /// <summary>What stands beside the player: likes, date, channel.</summary>
    public static object WatchNext(YouTubeVideo video, YouTubePlaylist? playlist) =>
        new
        {
            contents = new
            {
                twoColumnWatchNextResults = new
                {
                    results = new
                    {
                        results = new { contents = new[] { Primary(video), Secondary(), Comments(video) } },
                    },
                    playlist = playlist is null ? null : new { playlist = Panel(playlist) },
                },
            },
            currentVideoEndpoint = new { watchEndpoint = new { videoId = video.Id } },
        };

    private static object Primary(YouTubeVideo video) =>
        new
        {
            videoPrimaryInfoRenderer = new
            {
                title = Json.Runs(video.Title),
                viewCount = new
                {
                    videoViewCountRenderer = new
                    {
                        viewCount = Json.Simple($"{video.Views} views"),
                        isLive = video.Standing == Standing.Live,
                    },
                },
                dateText = Json.Simple(video.Published.ToString("MMM d, yyyy", CultureInfo.InvariantCulture)),
                videoActions = new { menuRenderer = new { topLevelButtons = new[] { LikeButton(video) } } },
            },
        };

    private static object LikeButton(YouTubeVideo video)
    {
        var likes = video.Likes.ToString("N0", CultureInfo.InvariantCulture);
        var button = new
        {
            defaultButtonViewModel = new
            {
                buttonViewModel = new { accessibilityText = $"like this video along with {likes} other people" },
            },
        };
        return new
        {
            segmentedLikeDislikeButtonViewModel = new
            {
                likeButtonViewModel = new
                {
                    likeButtonViewModel = new { toggleButtonViewModel = new { toggleButtonViewModel = button } },
                },
            },
        };
    }

    private static object Comments(YouTubeVideo video) =>
        new
        {
            itemSectionRenderer = new
            {
                contents = new[]
                {
                    new { commentsEntryPointHeaderRenderer = new { commentCount = Json.Simple($"{video.Comments}") } },
                },
            },
        };

    private static object Secondary() =>
        new
        {
            videoSecondaryInfoRenderer = new
            {
                owner = new
                {
                    videoOwnerRenderer = new
                    {
                        title = Json.Owner,
                        subscriberCountText = Json.Simple("12.3K subscribers"),
                    },
                },
            },
        };

    private static object Panel(YouTubePlaylist playlist) =>
        new
        {
            title = playlist.Title,
            playlistId = playlist.Id,
            endpoint = new
            {
                commandMetadata = new { webCommandMetadata = new { url = $"/playlist?list={playlist.Id}" } },
            },
            contents = playlist
                .VideoIds.Take(YouTubePlaylist.PageSize)
                .Select(id => new { playlistPanelVideoRenderer = new { videoId = id } }),
        };

    private static string Html(string title, string head, string script, object initialData) =>
        $$"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{WebUtility.HtmlEncode(
                title
            )}} - YouTube</title>
            {{head}}
            <script>ytcfg.set({{Config()}});</script>
            </head><body>
            <script>{{script}}</script>
            <script>var ytInitialData = {{Json.Text(initialData)}};</script>
            </body></html>
            """;

    private static string Config() =>
        Json.Text(
            new
            {
                INNERTUBE_API_VERSION = "v1",
                INNERTUBE_CLIENT_NAME = "WEB",
                INNERTUBE_CLIENT_VERSION = "2.20260708.00.00",
                INNERTUBE_CONTEXT_CLIENT_NAME = 1,
                INNERTUBE_CONTEXT = new
                {
                    client = new
                    {
                        clientName = "WEB",
                        clientVersion = "2.20260708.00.00",
                        hl = "en",
                        visitorData = "CgtkZWNhbnRsYWI%3D",
                    },
                },
                PLAYER_JS_URL = PlayerScript.Path,
                STS = 20000,
                VISITOR_DATA = "CgtkZWNhbnRsYWI%3D",
            }
        );
}
