using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Vimeo;

/// <summary>Vimeo's CDN: the same film as HLS and as DASH, and thumbnails. A link that was changed or has expired gets 403.</summary>
internal sealed class VimeoCdn(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private static readonly string[] Apart = ["360p.mp4", "480p.mp4", "720p.mp4", "1080p.mp4", "audio.m4a"];
    private readonly VimeoLinks _links = new(signed);

    public IReadOnlyList<string> Hosts => ["*.vimeocdn.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/{token}/{id:long}/hls/{**rest}", read, StreamAsync);
        routes.MapGet("/{token}/{id:long}/dash/master.mpd", ManifestAsync);
        routes.MapMethods("/{token}/{id:long}/range/{rendition}", read, FileAsync);
        routes.MapMethods(
            "/video/{name}",
            read,
            async (CancellationToken cancellationToken) =>
                StoredFile.Serve(
                    (await catalogue.GetAsync(PictureRecipes.Name("1280x720", "jpg"), cancellationToken)).Path
                )
        );
    }

    private async Task<IResult> StreamAsync(string token, long id, string rest, CancellationToken cancellationToken)
    {
        var video = VimeoVideo.Find(id);
        return !_links.IsGood(video, token) ? Refused
            : await catalogue.FindFileAsync(ClipRecipes.Name(video.Seconds, "hls"), rest, cancellationToken) is { } path
                ? StoredFile.Serve(path)
            : TypedResults.NotFound();
    }

    private async Task<IResult> ManifestAsync(string token, long id, CancellationToken cancellationToken)
    {
        var video = VimeoVideo.Find(id);
        if (!_links.IsGood(video, token))
        {
            return Refused;
        }

        var files = new List<(MediaFile, string)>();
        foreach (var rendition in Apart)
        {
            var file = await catalogue.GetAsync(ClipRecipes.Name(video.Seconds, rendition), cancellationToken);
            files.Add((file, $"../range/{rendition}"));
        }

        return TypedResults.Text(DashManifest.Of(video.Seconds, files), "application/dash+xml");
    }

    private async Task<IResult> FileAsync(string token, long id, string rendition, CancellationToken cancellationToken)
    {
        var video = VimeoVideo.Find(id);
        return _links.IsGood(video, token) && Apart.Contains(rendition)
            ? StoredFile.Serve(
                (await catalogue.GetAsync(ClipRecipes.Name(video.Seconds, rendition), cancellationToken)).Path
            )
            : Refused;
    }

    private static IResult Refused => TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}
