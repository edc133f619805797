using System.Globalization;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>What GraphQL says of broadcasts, clips and channels.</summary>
internal static class TwitchRecords
{
    private static readonly string[] PastVideos = ["2100000001", "2100000002", "2100000003"];
    private static readonly string[] ClipQualities = ["720", "360"];

    private static object Owner { get; } = new
    {
        id = TwitchChannel.Id,
        login = TwitchChannel.Login,
        displayName = "DecantLab",
    };

    public static object Video(TwitchVideo video) =>
        new
        {
            video = video.Standing == TwitchStanding.Gone
                ? null
                : new
                {
                    id = video.Id,
                    title = video.Title,
                    description = video.Description,
                    lengthSeconds = TwitchVideo.Seconds,
                    previewThumbnailURL = video.Thumbnail,
                    publishedAt = Moment(video.Published),
                    viewCount = video.Views,
                    broadcastType = "ARCHIVE",
                    owner = Owner,
                    game = new { displayName = "Science & Technology" },
                },
        };

    public static object Clip(TwitchClip? clip, TwitchTokens tokens)
    {
        if (clip is null)
        {
            return new { clip = (object?)null };
        }

        var (value, signature) = tokens.For(clip.Slug);
        return new
        {
            clip = new
            {
                id = clip.Id,
                slug = clip.Slug,
                title = clip.Title,
                durationSeconds = clip.Seconds,
                viewCount = clip.Views,
                createdAt = Moment(clip.Created),
                thumbnailURL = $"https://static-cdn.jtvnw.net/twitch-clips-thumbnails-prod/{clip.Slug}/preview-480x272.jpg",
                broadcaster = Owner,
                curator = new { id = "909000002", displayName = "LabViewer" },
                game = new { displayName = "Science & Technology" },
                playbackAccessToken = new { value, signature },
                assets = new[]
                {
                    new
                    {
                        aspectRatio = 1.78,
                        thumbnailURL = $"https://static-cdn.jtvnw.net/twitch-clips-thumbnails-prod/{clip.Slug}/preview-1280x720.jpg",
                        videoQualities = ClipQualities.Select(quality => new
                        {
                            quality,
                            frameRate = 25,
                            sourceURL = $"https://production.assets.clips.twitchcdn.net/v2/media/{clip.Slug}/lab/{quality}.mp4",
                        }),
                    },
                },
            },
        };
    }

    public static object Stream(TwitchChannel? channel, DateTimeOffset now) =>
        new
        {
            user = channel is null
                ? null
                : new
                {
                    id = TwitchChannel.Id,
                    stream = channel.IsOnAir
                        ? new
                        {
                            id = "41000000001",
                            type = "live",
                            createdAt = Moment(now.AddMinutes(-10)),
                            viewers = 12,
                        }
                        : null,
                },
        };

    public static object Broadcaster(TwitchChannel? channel) =>
        new
        {
            user = channel is null
                ? null
                : new { displayName = channel.DisplayName, broadcastSettings = new { title = "The lab, on air" } },
        };

    public static object Preview(TwitchChannel? channel) =>
        new
        {
            user = channel is { IsOnAir: true }
                ? new
                {
                    stream = new
                    {
                        previewImageURL = $"https://static-cdn.jtvnw.net/previews-ttv/live_user_{channel.Name}-320x180.jpg",
                    },
                }
                : null,
        };

    /// <summary>A channel's past broadcasts. Of a channel that is not there the real one tells with an empty id.</summary>
    public static object Videos(string? login) =>
        new
        {
            user = new
            {
                id = TwitchChannel.Find(login) is null ? "" : TwitchChannel.Id,
                videos = new
                {
                    edges = PastVideos
                        .Where(_ => login == TwitchChannel.Login)
                        .Select(id => TwitchVideo.Find(id))
                        .Select(video => new
                        {
                            __typename = "VideoEdge",
                            node = new
                            {
                                __typename = "Video",
                                id = video.Id,
                                title = video.Title,
                                lengthSeconds = TwitchVideo.Seconds,
                                previewThumbnailURL = video.Thumbnail,
                                viewCount = video.Views,
                                publishedAt = Moment(video.Published),
                            },
                        }),
                },
            },
        };

    private static string Moment(DateTimeOffset value) =>
        value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
