using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.X;

/// <summary>X's CDN: public and unsigned, as the real one is. Whole mp4 files, and HLS in fMP4 with the sound apart.</summary>
internal sealed class XCdn(MediaCatalogue catalogue) : ISite
{
    /// <summary>The whole files, smallest first.</summary>
    public static IReadOnlyList<string> Renditions { get; } = ["progressive.mp4", "progressive-720p.mp4"];

    public IReadOnlyList<string> Hosts => ["video.twimg.com", "pbs.twimg.com"];

    public static string File(XPost post, MediaFile file) =>
        $"https://video.twimg.com/amplify_video/{post.MediaId}/vid/avc1/{file.Width}x{file.Height}/decant-lab.mp4?tag=14";

    public static string Playlist(XPost post) =>
        $"https://video.twimg.com/amplify_video/{post.MediaId}/pl/master.m3u8?tag=14&container=fmp4";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods(
            "/amplify_video/{media:long}/vid/avc1/{size}/{name}.mp4",
            read,
            async (long media, string size, CancellationToken cancellationToken) =>
                await FindAsync(XPost.OfMedia(media), size, cancellationToken) is { } file
                    ? StoredFile.Serve(file.Path)
                    : TypedResults.NotFound()
        );
        routes.MapMethods(
            "/amplify_video/{media:long}/pl/{**rest}",
            read,
            async (long media, string rest, CancellationToken cancellationToken) =>
                await catalogue.FindFileAsync(
                    ClipRecipes.Name(XPost.OfMedia(media).Seconds, "hls"),
                    rest,
                    cancellationToken
                )
                    is { } path
                    ? StoredFile.Serve(path)
                    : TypedResults.NotFound()
        );
        routes.MapMethods(
            "/amplify_video_thumb/{media:long}/img/{name}",
            read,
            async (CancellationToken cancellationToken) =>
                StoredFile.Serve(
                    (await catalogue.GetAsync(PictureRecipes.Name("1280x720", "jpg"), cancellationToken)).Path
                )
        );
    }

    private async Task<MediaFile?> FindAsync(XPost post, string size, CancellationToken cancellationToken)
    {
        foreach (var rendition in Renditions)
        {
            var file = await catalogue.GetAsync(ClipRecipes.Name(post.Seconds, rendition), cancellationToken);
            if (size == $"{file.Width}x{file.Height}")
            {
                return file;
            }
        }

        return null;
    }
}
