using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.X;

/// <summary>A post as X's APIs describe it.</summary>
internal sealed class XStatus(MediaCatalogue catalogue)
{
    /// <summary>The answer of GraphQL's <c>TweetResultByRestId</c>.</summary>
    public async Task<object> ResultAsync(XPost post, CancellationToken cancellationToken) =>
        post.Standing switch
        {
            Standing.Deleted => Result(new { }),
            Standing.Protected => Unavailable("Protected"),
            Standing.Nsfw => Unavailable("NsfwLoggedOut"),
            Standing.Suspended => Tombstone("This Post is from a suspended account."),
            Standing.Subscribers => Tombstone($"This Post is only available to Subscribers of @{XPost.Handle}."),
            Standing.Withheld => Tombstone(
                $"This Post from @{XPost.Handle} has been withheld in your country in response to a legal demand."
            ),
            Standing.AgeRestricted => Tombstone(
                "Age-restricted adult content. This content might not be appropriate for people under 18 years old."
                    + " To view this media, you’ll need to log in to X."
            ),
            Standing.Changed => new { errors = new[] { new { message = "Query: Unspecified", code = 214 } } },
            _ => Result(
                new
                {
                    result = new
                    {
                        __typename = "Tweet",
                        rest_id = post.Id,
                        core = new { user_results = new { result = new { __typename = "User", legacy = Author } } },
                        views = new { count = $"{post.Views}", state = "EnabledWithCount" },
                        legacy = await LegacyAsync(post, cancellationToken),
                        quoted_status_result = post.Standing == Standing.Quoting
                            ? new
                            {
                                result = new
                                {
                                    __typename = "Tweet",
                                    rest_id = post.Other.Id,
                                    legacy = await LegacyAsync(post.Other, cancellationToken),
                                },
                            }
                            : null,
                    },
                }
            ),
        };

    /// <summary>The answer of the endpoint that embedded posts are drawn from: less of it, and in another shape.</summary>
    public async Task<object> EmbeddedAsync(XPost post, CancellationToken cancellationToken) =>
        new
        {
            __typename = "Tweet",
            id_str = post.Id,
            text = post.Text,
            created_at = post.Created.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            user = Author,
            mediaDetails = new[] { await VideoAsync(post, cancellationToken) },
        };

    private static object Author { get; } = new
    {
        id_str = "1500000000000000001",
        name = XPost.Author,
        screen_name = XPost.Handle,
    };

    private async Task<object> LegacyAsync(XPost post, CancellationToken cancellationToken) =>
        new
        {
            id_str = post.Id,
            user_id_str = "1500000000000000001",
            full_text = $"{post.Text} https://t.co/lab{post.Id}",
            created_at = post.Created.ToString("ddd MMM dd HH:mm:ss +0000 yyyy", CultureInfo.InvariantCulture),
            favorite_count = post.Views / 30,
            retweet_count = post.Views / 200,
            reply_count = post.Views / 400,
            possibly_sensitive = false,
            entities = new { hashtags = Array.Empty<object>() },
            extended_entities = post.Standing == Standing.TextOnly
                ? null
                : new { media = await MediaAsync(post, cancellationToken) },
        };

    private async Task<object[]> MediaAsync(XPost post, CancellationToken cancellationToken) =>
        post.Standing == Standing.Several
            ?
            [
                await VideoAsync(post, cancellationToken),
                new
                {
                    id_str = "1600000000000000001",
                    type = "photo",
                    media_url_https = "https://pbs.twimg.com/media/decant-lab.jpg",
                },
                await VideoAsync(post.Other, cancellationToken),
            ]
            : [await VideoAsync(post, cancellationToken)];

    private async Task<object> VideoAsync(XPost post, CancellationToken cancellationToken)
    {
        var variants = new List<object> { new { content_type = "application/x-mpegURL", url = XCdn.Playlist(post) } };
        foreach (var rendition in XCdn.Renditions)
        {
            var file = await catalogue.GetAsync(ClipRecipes.Name(post.Seconds, rendition), cancellationToken);
            variants.Add(
                new
                {
                    content_type = "video/mp4",
                    bitrate = (long)(file.Length * 8 / file.Duration!.Value),
                    url = XCdn.File(post, file),
                }
            );
        }

        return new
        {
            id_str = post.MediaId,
            media_key = $"13_{post.MediaId}",
            type = "video",
            media_url_https = $"https://pbs.twimg.com/amplify_video_thumb/{post.MediaId}/img/decant-lab.jpg",
            original_info = new { width = 1280, height = 720 },
            sizes = new
            {
                large = new
                {
                    w = 1280,
                    h = 720,
                    resize = "fit",
                },
            },
            video_info = new
            {
                aspect_ratio = new[] { 16, 9 },
                duration_millis = post.Seconds * 1000,
                variants,
            },
        };
    }

    private static object Result(object tweetResult) => new { data = new { tweetResult } };

    private static object Unavailable(string reason) =>
        Result(new { result = new { __typename = "TweetUnavailable", reason } });

    private static object Tombstone(string text) =>
        Result(
            new
            {
                result = new
                {
                    __typename = "TweetTombstone",
                    tombstone = new { __typename = "TextTombstone", text = new { text = $"{text} Learn more" } },
                },
            }
        );
}
