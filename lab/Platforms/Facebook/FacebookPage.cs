using System.Globalization;
using Decant.Lab.Media;
using Decant.Lab.Platforms.Meta;

namespace Decant.Lab.Platforms.Facebook;

/// <summary>A video's page: one script with the renditions, one with the words around it, and a few meta elements.</summary>
internal sealed class FacebookPage(MediaCatalogue catalogue, SignedLinks signed)
{
    private static readonly (string Quality, string Rendition)[] Whole =
    [
        ("SD", "progressive.mp4"),
        ("HD", "progressive-720p.mp4"),
    ];

    private static readonly string[] Apart =
    [
        "360p.mp4",
        "480p.mp4",
        "720p.mp4",
        "1080p.mp4",
        "360p-vp9.mp4",
        "720p-vp9.mp4",
        "1080p-vp9.mp4",
        "audio.m4a",
    ];

    private readonly MetaLinks _links = new(signed, catalogue);

    public async Task<string> ForAsync(FacebookVideo video, CancellationToken cancellationToken)
    {
        var delivery = new
        {
            video = new
            {
                id = video.Id,
                story = new { attachments = new[] { new { media = await MediaAsync(video, cancellationToken) } } },
            },
        };
        var words = new
        {
            url = $"https://www.facebook.com/{FacebookVideo.Handle}/videos/{video.Id}/",
            feedback = new
            {
                likers = new { count = video.Views / 30 },
                total_comment_count = video.Views / 900,
                video_view_count = video.Views,
            },
            attachments = new[] { new { media = WordsOf(video) } },
        };
        var picture = _links.Picture(MetaLinks.Facebook, "1280x720");
        return Html(
            $"""
            <title>{video.Title} | Facebook</title>
            <meta property="og:title" content="{video.Title}" />
            <meta property="og:image" content="{picture.Replace("&", "&amp;", StringComparison.Ordinal)}" />
            """,
            RelayScript.Of("CometVideoRootQueryRelayPreloader", delivery)
                + RelayScript.Of("CometVideoRootTahoeFeedbackQueryRelayPreloader", words)
        );
    }

    public static string Notice(string text) =>
        Html("<title>Facebook</title>", $"<div class=\"pam uiBoxWhite uiInterstitialContent\"><div>{text}</div></div>");

    public static string Login =>
        Html("<title>Log in to Facebook</title>", "<form id=\"login_form\" action=\"/login/\" method=\"post\"></form>");

    /// <summary>A page of scripts with nothing in it that an extractor would know.</summary>
    public static string Shell => Html("<title>Facebook</title>", "<div id=\"mount_0_0\"></div>");

    /// <summary>A page whose video is where an extractor looks for it, and whose addresses are somewhere else now.</summary>
    public static string Rebuilt(FacebookVideo video)
    {
        var media = new
        {
            __typename = "Video",
            id = video.Id,
            playable_url = "",
        };
        var story = new { attachments = new[] { new { media } } };
        return Html(
            "<title>Facebook</title>",
            RelayScript.Of("CometVideoRootQueryRelayPreloader", new { video = new { id = video.Id, story } })
        );
    }

    private static object WordsOf(FacebookVideo video) =>
        new
        {
            __typename = "Video",
            id = video.Id,
            title = new { text = video.Title },
            owner = new
            {
                __typename = "User",
                id = FacebookVideo.AuthorId,
                name = FacebookVideo.Author,
            },
            creation_story = new
            {
                comet_sections = new { message = new { story = new { message = new { text = video.Message } } } },
            },
        };

    private async Task<object> MediaAsync(FacebookVideo video, CancellationToken cancellationToken)
    {
        var apart = new List<(MediaFile, string)>();
        foreach (var rendition in Apart)
        {
            apart.Add(await ClipAsync(video, rendition, cancellationToken));
        }

        var whole = new List<object>();
        foreach (var (quality, rendition) in Whole)
        {
            var (_, url) = await ClipAsync(video, rendition, cancellationToken);
            whole.Add(new { progressive_url = url, metadata = new { quality } });
        }

        return new
        {
            __typename = "Video",
            id = video.Id,
            owner = new { id = FacebookVideo.AuthorId },
            publish_time = video.Published.ToUnixTimeSeconds(),
            playable_duration_in_ms = video.Seconds * 1000,
            length_in_second = (double)video.Seconds,
            is_video_broadcast = false,
            videoDeliveryResponseFragment = new
            {
                videoDeliveryResponseResult = new
                {
                    dash_manifests = new[] { new { manifest_xml = DashManifest.Of(video.Seconds, apart) } },
                    progressive_urls = whole,
                },
            },
        };
    }

    private Task<(MediaFile File, string Url)> ClipAsync(
        FacebookVideo video,
        string rendition,
        CancellationToken cancellationToken
    ) => _links.ClipAsync(MetaLinks.Facebook, video.Seconds, rendition, cancellationToken);

    private static string Html(string head, string body) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<!DOCTYPE html>\n<html lang=\"en\"><head>\n{head}\n</head>\n<body>\n{body}\n</body></html>\n"
        );
}
