using System.Globalization;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The data behind a playlist's page: a hundred entries at a time, each page leading to the next.</summary>
internal static class PlaylistPage
{
    public static object First(YouTubePlaylist playlist) =>
        new
        {
            contents = new
            {
                twoColumnBrowseResultsRenderer = new
                {
                    tabs = new[] { new { tabRenderer = new { selected = true, content = Section(playlist) } } },
                },
            },
            header = new
            {
                playlistHeaderRenderer = new
                {
                    playlistId = playlist.Id,
                    title = Json.Simple(playlist.Title),
                    numVideosText = Json.Runs($"{playlist.VideoIds.Count} videos"),
                    stats = new[] { Json.Simple($"{playlist.VideoIds.Count} videos"), Json.Simple("1,234 views") },
                    ownerText = Json.Owner,
                    privacy = "PUBLIC",
                },
            },
            metadata = new
            {
                playlistMetadataRenderer = new { title = playlist.Title, description = "A playlist of the lab." },
            },
        };

    /// <param name="token">Token as handed out with the page before: the playlist's id and the index to go on from.</param>
    /// <returns>Null where nobody handed out that token.</returns>
    public static object? Next(string token)
    {
        var at = token.LastIndexOf(':');
        return
            at > 0
            && YouTubePlaylist.Find(token[..at]) is { } playlist
            && int.TryParse(token.AsSpan(at + 1), CultureInfo.InvariantCulture, out var from)
            ? new
            {
                onResponseReceivedActions = new[]
                {
                    new { appendContinuationItemsAction = new { continuationItems = Items(playlist, from) } },
                },
            }
            : null;
    }

    public static object Gone { get; } = new
    {
        alerts = new[]
        {
            new { alertRenderer = new { type = "ERROR", text = Json.Runs("The playlist does not exist.") } },
        },
    };

    private static object Section(YouTubePlaylist playlist) =>
        new
        {
            sectionListRenderer = new
            {
                contents = new[]
                {
                    new
                    {
                        itemSectionRenderer = new
                        {
                            contents = new[]
                            {
                                new
                                {
                                    playlistVideoListRenderer = new
                                    {
                                        playlistId = playlist.Id,
                                        contents = Items(playlist, 0),
                                    },
                                },
                            },
                        },
                    },
                },
            },
        };

    private static IEnumerable<object> Items(YouTubePlaylist playlist, int from)
    {
        var end = from + YouTubePlaylist.PageSize;
        foreach (var id in playlist.VideoIds.Skip(from).Take(YouTubePlaylist.PageSize))
        {
            yield return Entry(YouTubeVideo.Find(id));
        }

        if (end < playlist.VideoIds.Count)
        {
            yield return new
            {
                continuationItemRenderer = new
                {
                    continuationEndpoint = new { continuationCommand = new { token = $"{playlist.Id}:{end}" } },
                },
            };
        }
    }

    private static object Entry(YouTubeVideo video) =>
        new
        {
            playlistVideoRenderer = new
            {
                videoId = video.Id,
                title = Json.Runs(video.IsHidden ? "[Deleted video]" : video.Title),
                lengthSeconds = video.IsHidden ? null : $"{video.Seconds}",
                shortBylineText = video.IsHidden ? null : Json.Owner,
                isPlayable = !video.IsHidden,
                thumbnail = new { thumbnails = Thumbnails.Listed(video.Id) },
            },
        };
}
