using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The CDN: a link that was changed, has expired or a wrong answer in its <c>n</c> gets 403; ranges by header or by <c>&amp;range=0-999</c>.</summary>
internal sealed class GoogleVideo(MediaCatalogue catalogue, SignedLinks signed, LiveStreams streams) : ISite
{
    private readonly GoogleVideoLinks _links = new(signed);

    private const string Playlist = "application/vnd.apple.mpegurl";

    public IReadOnlyList<string> Hosts => ["*.googlevideo.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/videoplayback", [HttpMethods.Get, HttpMethods.Head], (Delegate)PlaybackAsync);
        routes.MapGet(
            "/api/manifest/hls_variant/expire/{expires}/id/{id}/sig/{signature}/file/index.m3u8",
            (string expires, string id, string signature) =>
                TypedResults.Text(
                    $"""
                    #EXTM3U
                    #EXT-X-INDEPENDENT-SEGMENTS
                    #EXT-X-STREAM-INF:BANDWIDTH=290000,CODECS="mp4a.40.2,avc1.42c015",RESOLUTION=426x240,FRAME-RATE=25
                    https://manifest.googlevideo.com/api/manifest/hls_playlist/id/{id}/itag/92/playlist/index.m3u8

                    """,
                    Playlist
                )
        );
        routes.MapGet(
            "/api/manifest/hls_playlist/id/{id}/itag/92/playlist/index.m3u8",
            (string id) => TypedResults.Text(streams.Open($"youtube/{id}", null).Playlist(fromStart: false), Playlist)
        );
        routes.MapGet(
            "/api/manifest/hls_playlist/id/{id}/itag/92/playlist/{segment:int}.ts",
            async (int segment, CancellationToken cancellationToken) =>
                StoredFile.Serve(
                    (await catalogue.FindFileAsync("live-segments", LiveStream.FileOf(segment), cancellationToken))!
                )
        );
    }

    private async Task<IResult> PlaybackAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (Itag.Find(query["itag"]) is not { } itag || !_links.IsGood(query))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (query["range"].FirstOrDefault() is { } range)
        {
            context.Request.Headers.Range = $"bytes={range}";
        }

        var file = await catalogue.GetAsync(
            itag.ClipOf(YouTubeVideo.Find(query["id"].ToString())),
            context.RequestAborted
        );
        return StoredFile.Serve(file.Path, itag.MimeType.Split(';')[0]);
    }
}
