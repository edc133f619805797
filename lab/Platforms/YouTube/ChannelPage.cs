using System.Globalization;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The data behind a channel's page: its tabs, and of the open one some entries at a time.</summary>
internal static class ChannelPage
{
    /// <param name="channel">The channel.</param>
    /// <param name="path">Path of the tab that was asked for. Where the channel has none of that name, the site opens its front page.</param>
    public static object Of(YouTubeChannel channel, string path) =>
        new
        {
            contents = new
            {
                twoColumnBrowseResultsRenderer = new
                {
                    tabs = channel
                        .Tabs.Select(tab => Tab(channel, tab, tab.Path == path))
                        .Prepend(Front(channel, channel.Tabs.All(tab => tab.Path != path))),
                },
            },
            header = new { c4TabbedHeaderRenderer = new { channelId = channel.Id, title = channel.Name } },
            metadata = new
            {
                channelMetadataRenderer = new
                {
                    title = channel.Name,
                    description = $"What {channel.Name} shows.",
                    externalId = channel.Id,
                    channelUrl = $"https://www.youtube.com/channel/{channel.Id}",
                },
            },
        };

    /// <param name="token">Token as handed out with the page before: channel, tab, and the index to go on from.</param>
    /// <returns>Null where nobody handed out that token.</returns>
    public static object? Next(string token) =>
        token.Split('/') is [var id, var path, var at]
        && YouTubeChannel.Find(id) is { } channel
        && channel.Tabs.FirstOrDefault(tab => tab.Path == path) is { } open
        && int.TryParse(at, CultureInfo.InvariantCulture, out var from)
            ? new
            {
                onResponseReceivedActions = new[]
                {
                    new { appendContinuationItemsAction = new { continuationItems = Items(channel, open, from) } },
                },
            }
            : null;

    private static object Front(YouTubeChannel channel, bool isOpen) =>
        new
        {
            tabRenderer = new
            {
                title = "Home",
                selected = isOpen,
                endpoint = Endpoint(channel, "featured"),
                content = isOpen ? new { sectionListRenderer = new { contents = Array.Empty<object>() } } : null,
            },
        };

    private static object Tab(YouTubeChannel channel, YouTubeTab tab, bool isOpen) =>
        new
        {
            tabRenderer = new
            {
                title = tab.Title,
                selected = isOpen,
                endpoint = Endpoint(channel, tab.Path),
                content = isOpen ? new { richGridRenderer = new { contents = Items(channel, tab, 0) } } : null,
            },
        };

    private static object Endpoint(YouTubeChannel channel, string path) =>
        new { commandMetadata = new { webCommandMetadata = new { url = $"/channel/{channel.Id}/{path}" } } };

    private static IEnumerable<object> Items(YouTubeChannel channel, YouTubeTab tab, int from)
    {
        var end = from + YouTubeChannel.PageSize;
        foreach (var id in tab.VideoIds.Skip(from).Take(YouTubeChannel.PageSize))
        {
            var video = YouTubeVideo.Find(id);
            yield return new
            {
                richItemRenderer = new { content = tab.Path == "shorts" ? Short(video) : Video(video) },
            };
        }

        if (end < tab.VideoIds.Count)
        {
            yield return new
            {
                continuationItemRenderer = new
                {
                    continuationEndpoint = new
                    {
                        continuationCommand = new { token = $"{channel.Id}/{tab.Path}/{end}" },
                    },
                },
            };
        }
    }

    private static object Video(YouTubeVideo video) =>
        new
        {
            videoRenderer = new
            {
                videoId = video.Id,
                title = Json.Runs(video.Title),
                lengthText = Json.Simple(
                    TimeSpan.FromSeconds(video.Seconds).ToString("m\\:ss", CultureInfo.InvariantCulture)
                ),
                viewCountText = Json.Simple($"{video.Views} views"),
                thumbnail = new { thumbnails = Thumbnails.Listed(video.Id) },
            },
        };

    /// <summary>Shorts come in a shape of their own, which says no length.</summary>
    private static object Short(YouTubeVideo video) =>
        new
        {
            shortsLockupViewModel = new
            {
                entityId = $"shorts-shelf-item-{video.Id}",
                accessibilityText = $"{video.Title}, {video.Views} views - play Short",
                onTap = new { innertubeCommand = new { reelWatchEndpoint = new { videoId = video.Id } } },
                overlayMetadata = new { primaryText = new { content = video.Title } },
            },
        };
}
