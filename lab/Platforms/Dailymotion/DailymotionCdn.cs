using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>Manifests and segments behind signed addresses, and pictures without an extension in their names.</summary>
internal sealed class DailymotionCdn(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private static readonly string[] Directories = ["240p", "360p", "720p"];

    private readonly DailymotionLinks _links = new(signed);

    public IReadOnlyList<string> Hosts => ["cdndirector.dailymotion.com", "vod.cf.dmcdn.net", "s1.dmcdn.net"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cdn/manifest/video/{id}.m3u8", Manifest);
        routes.MapGet("/{seal}/{expires:long}/{id}/{rendition}/{file}", (Delegate)ServeAsync);
        routes.MapMethods(
            "/v/{id}/{size}",
            [HttpMethods.Get, HttpMethods.Head],
            async (CancellationToken stop) =>
                StoredFile.Serve((await catalogue.GetAsync(PictureRecipes.Name("1280x720", "webp"), stop)).Path)
        );
    }

    private IResult Manifest(string id, string? sec, string? exp)
    {
        var video = DailymotionVideo.Find(id);
        return video.IsGuarded || !_links.IsGood(id, exp, sec)
            ? TypedResults.StatusCode(StatusCodes.Status403Forbidden)
            : TypedResults.Text(
                $"""
                #EXTM3U
                #EXT-X-STREAM-INF:BANDWIDTH=350000,CODECS="avc1.42c015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=25,NAME="240"
                {_links.Rendition(video, "240p")}
                #EXT-X-STREAM-INF:BANDWIDTH=600000,CODECS="avc1.42c01e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25,NAME="360"
                {_links.Rendition(video, "360p")}
                #EXT-X-STREAM-INF:BANDWIDTH=1700000,CODECS="avc1.42c01f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=25,NAME="720"
                {_links.Rendition(video, "720p")}

                """,
                "application/vnd.apple.mpegurl"
            );
    }

    private async Task<IResult> ServeAsync(
        string seal,
        string expires,
        string id,
        string rendition,
        string file,
        CancellationToken cancellationToken
    ) =>
        _links.IsGood(id, expires, seal.Replace("sec2(", "", StringComparison.Ordinal).TrimEnd(')'))
        && Directories.Contains(rendition)
        && await catalogue.FindFileAsync("hls-ts", $"{rendition}/{file}", cancellationToken) is { } path
            ? StoredFile.Serve(path)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}
