using Decant.Lab.Media;
using Decant.Lab.Platforms.Meta;

namespace Decant.Lab.Platforms.Instagram;

/// <summary>A post as Instagram's GraphQL describes it: whole files, and DASH with the sound apart.</summary>
internal sealed class InstagramMedia(MediaCatalogue catalogue, SignedLinks signed)
{
    private static readonly string[] Whole = ["vertical-720p.mp4", "vertical-540p.mp4"];
    private static readonly string[] Apart = ["vertical-720p-silent.mp4", "vertical-540p-silent.mp4", "audio.m4a"];
    private readonly MetaLinks _links = new(signed, catalogue);

    /// <summary>What the page's query answers.</summary>
    public async Task<object> DataAsync(InstagramPost post, CancellationToken cancellationToken) =>
        new
        {
            xig_polaris_media = new
            {
                id = $"{post.Pk}",
                if_not_gated_logged_out = post.Standing == Standing.Gated
                    ? null
                    : await ProductAsync(post, cancellationToken),
            },
        };

    /// <summary>What somebody signed in is told of it, private or not.</summary>
    public async Task<object> InfoAsync(InstagramPost post, CancellationToken cancellationToken) =>
        new { items = new[] { await ProductAsync(post, cancellationToken) }, status = "ok" };

    private async Task<object> ProductAsync(InstagramPost post, CancellationToken cancellationToken)
    {
        var product = await MediumAsync(post, cancellationToken);
        product["product_type"] =
            post.Standing == Standing.Carousel ? "carousel_container"
            : post.Standing == Standing.PhotoOnly ? "feed"
            : "clips";
        product["user"] = new
        {
            pk = InstagramPost.AuthorId,
            username = InstagramPost.Author,
            full_name = InstagramPost.FullName,
            is_private = false,
        };
        product["caption"] = new { text = post.Caption };
        product["taken_at"] = post.Taken.ToUnixTimeSeconds();
        product["view_count"] = post.Views;
        product["like_count"] = post.Views / 20;
        product["comment_count"] = post.Views / 500;
        return product;
    }

    /// <summary>Fields of a medium, in a post as in each entry of a carousel.</summary>
    private async Task<Dictionary<string, object?>> MediumAsync(InstagramPost post, CancellationToken cancellationToken)
    {
        var isVideo = post.Standing is not (Standing.PhotoOnly or Standing.Carousel);
        var medium = new Dictionary<string, object?>
        {
            ["pk"] = $"{post.Pk}",
            ["code"] = post.Code,
            ["media_type"] =
                post.Standing == Standing.Carousel ? 8
                : isVideo ? 2
                : 1,
            ["has_audio"] = isVideo,
            ["video_duration"] = isVideo ? post.Seconds : null,
            ["image_versions2"] = new
            {
                candidates = new[]
                {
                    new
                    {
                        url = _links.Picture(MetaLinks.Instagram, "720x1280"),
                        width = 720,
                        height = 1280,
                    },
                },
            },
        };
        if (isVideo && post.Standing != Standing.Gone)
        {
            medium["video_versions"] = await VersionsAsync(post, cancellationToken);
            medium["video_dash_manifest"] = await DashAsync(post, cancellationToken);
        }

        if (post.Standing == Standing.Carousel)
        {
            var media = new List<object>();
            foreach (var one in InstagramPost.Media)
            {
                media.Add(await MediumAsync(one, cancellationToken));
            }

            medium["carousel_media"] = media;
        }

        return medium;
    }

    private async Task<object> VersionsAsync(InstagramPost post, CancellationToken cancellationToken)
    {
        var versions = new List<object>();
        foreach (var rendition in Whole)
        {
            var (file, url) = await ClipAsync(post, rendition, cancellationToken);
            versions.Add(
                new
                {
                    type = 101 + versions.Count,
                    url,
                    width = file.Width,
                    height = file.Height,
                }
            );
        }

        return versions;
    }

    private async Task<string> DashAsync(InstagramPost post, CancellationToken cancellationToken)
    {
        var files = new List<(MediaFile, string)>();
        foreach (var rendition in Apart)
        {
            files.Add(await ClipAsync(post, rendition, cancellationToken));
        }

        return DashManifest.Of(post.Seconds, files);
    }

    private Task<(MediaFile File, string Url)> ClipAsync(
        InstagramPost post,
        string rendition,
        CancellationToken cancellationToken
    ) => _links.ClipAsync(MetaLinks.Instagram, post.Seconds, rendition, cancellationToken);
}
