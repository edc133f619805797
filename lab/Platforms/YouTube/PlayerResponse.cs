using System.Text.Json.Nodes;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>What the player is told about a video: may it play, what is it, where are its bytes.</summary>
internal sealed class PlayerResponse(StreamingData streaming, Captions captions, TimeProvider time)
{
    private static readonly string[] Keywords = ["decant", "lab"];
    private static readonly string[] RegionsAllowed = ["DE", "FR"];

    /// <param name="client">Name of the asking client.</param>
    public async Task<JsonObject> ForAsync(YouTubeVideo video, string client, CancellationToken cancellationToken)
    {
        var response = new JsonObject
        {
            ["responseContext"] = Json.Node(new { visitorData = "CgtkZWNhbnRsYWI%3D" }),
            ["playabilityStatus"] = Status(video),
        };
        if (video.IsHidden)
        {
            return response;
        }

        response["videoDetails"] = Details(video);
        if (client == "WEB")
        {
            response["microformat"] = Microformat(video);
        }

        if (video.Standing is Standing.Open or Standing.Live or Standing.Drm)
        {
            if (captions.ListFor(video, client) is { } tracks)
            {
                response["captions"] = tracks;
            }

            response["streamingData"] = await streaming.ForAsync(video, client, cancellationToken);
        }

        return response;
    }

    private JsonObject Status(YouTubeVideo video)
    {
        var (status, reason, subreason) = Playability.Of(video.Standing);
        var answer = new JsonObject { ["status"] = status, ["playableInEmbed"] = reason is null };
        if (reason is not null)
        {
            answer["reason"] = reason;
            answer["errorScreen"] = Json.Node(
                new
                {
                    playerErrorMessageRenderer = new
                    {
                        reason = Json.Simple(reason),
                        subreason = subreason is null ? null : Json.Simple(subreason),
                    },
                }
            );
        }

        if (video.Standing == Standing.Upcoming)
        {
            answer["liveStreamability"] = Json.Node(
                new
                {
                    liveStreamabilityRenderer = new
                    {
                        videoId = video.Id,
                        offlineSlate = new
                        {
                            liveStreamOfflineSlateRenderer = new
                            {
                                scheduledStartTime = $"{Start(video).ToUnixTimeSeconds()}",
                            },
                        },
                    },
                }
            );
        }

        return answer;
    }

    private static JsonObject Details(YouTubeVideo video) =>
        Json.Node(
            new
            {
                videoId = video.Id,
                title = video.Title,
                lengthSeconds = $"{video.Seconds}",
                keywords = Keywords,
                channelId = YouTubeVideo.ChannelId,
                shortDescription = video.Description,
                thumbnail = new { thumbnails = Thumbnails.Listed(video.Id) },
                viewCount = $"{video.Views}",
                author = YouTubeVideo.Channel,
                isPrivate = false,
                isLiveContent = video.IsLive,
                isLive = video.Standing == Standing.Live ? true : (bool?)null,
                isUpcoming = video.Standing == Standing.Upcoming ? true : (bool?)null,
            }
        );

    private JsonObject Microformat(YouTubeVideo video) =>
        Json.Node(
            new
            {
                playerMicroformatRenderer = new
                {
                    title = Json.Simple(video.Title),
                    description = Json.Simple(video.Description),
                    lengthSeconds = $"{video.Seconds}",
                    ownerProfileUrl = $"http://www.youtube.com/{YouTubeVideo.Handle}",
                    externalChannelId = YouTubeVideo.ChannelId,
                    ownerChannelName = YouTubeVideo.Channel,
                    isFamilySafe = video.Standing != Standing.AgeRestricted,
                    isUnlisted = false,
                    viewCount = $"{video.Views}",
                    category = "Science & Technology",
                    availableCountries = video.Standing == Standing.RegionLocked ? RegionsAllowed : null,
                    publishDate = video.Published.ToString("O"),
                    uploadDate = video.Published.ToString("O"),
                    liveBroadcastDetails = video.IsLive
                        ? new
                        {
                            isLiveNow = video.Standing == Standing.Live,
                            startTimestamp = Start(video).ToString("O"),
                        }
                        : null,
                },
            }
        );

    private DateTimeOffset Start(YouTubeVideo video) =>
        video.Standing == Standing.Upcoming ? time.GetUtcNow() + video.Wait : time.GetUtcNow();
}
