using System.Globalization;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The CDN: a link that was changed, has expired or a wrong answer in its <c>n</c> gets 403; ranges by header or by <c>&amp;range=0-999</c>.</summary>
internal sealed class GoogleVideo(MediaCatalogue catalogue, SignedLinks signed, LiveStreams streams) : ISite
{
    private readonly GoogleVideoLinks _links = new(signed);
    private readonly LiveFragments _fragments = new(catalogue);

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

    /// <summary>The address alone has a body only for who wants what is newest, but always says how that is numbered.</summary>
    private async Task<IResult> FragmentAsync(HttpContext context, Itag itag)
    {
        var newest = streams.Open($"youtube/{context.Request.Query["id"]}", null).Segments - 1;
        context.Response.Headers["X-Head-Seqnum"] = newest.ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return TypedResults.Empty;
        }

        return
            int.TryParse(context.Request.Query["sq"], CultureInfo.InvariantCulture, out var number) && number <= newest
            ? TypedResults.Bytes(
                await _fragments.WholeAsync(itag.IsAudio ? 1 : 0, number, context.RequestAborted),
                itag.MimeType.Split(';')[0]
            )
            : TypedResults.NotFound();
    }

    private async Task<IResult> PlaybackAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (Itag.Find(query["itag"]) is not { } itag || !_links.IsGood(query))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (query["live"] == "1")
        {
            return await FragmentAsync(context, itag);
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
