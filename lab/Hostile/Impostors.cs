using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary>
/// What is not what its name says: <c>/empty/video.mp4</c>, <c>/html/video.mp4</c> (a page, honestly typed), <c>/html-as-media/video.mp4</c>
/// (a page that says it is video), <c>/playlist-as/video.mp4</c> (HLS that names <c>file:///etc/passwd</c>), <c>/ffconcat-as/video.mp4</c>.
/// </summary>
internal sealed class Impostors : ISite
{
    private const string Page =
        "<!doctype html><html><head><title>Please sign in</title></head><body>Not media.</body></html>\n";

    private const string LocalPlaylist = """
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-TARGETDURATION:10
        #EXT-X-MEDIA-SEQUENCE:0
        #EXTINF:10.0,
        file:///etc/passwd
        #EXT-X-ENDLIST

        """;

    private const string LocalConcat = """
        ffconcat version 1.0
        file /etc/passwd
        file file:///etc/hostname

        """;

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/empty/{name}", () => TypedResults.Bytes(Array.Empty<byte>(), "video/mp4"));
        routes.MapGet("/html/{name}", () => TypedResults.Text(Page, "text/html"));
        routes.MapGet("/html-as-media/{name}", () => TypedResults.Text(Page, "video/mp4"));
        routes.MapGet("/playlist-as/{name}", () => TypedResults.Text(LocalPlaylist, "video/mp4"));
        routes.MapGet("/ffconcat-as/{name}", () => TypedResults.Text(LocalConcat, "video/mp4"));
    }
}
