using Decant.Lab.Internal;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Hostile;

/// <summary>
/// Answers that lead a fetcher to the internal service: <c>/inward/redirect</c>, <c>/inward/metadata</c> (169.254.169.254),
/// <c>/inward/{segment,key,map}/index.m3u8</c>, <c>/inward/dash/manifest.mpd</c>, <c>/inward/page</c> (a video there),
/// <c>/inward/thumbnail</c> (a good video, its picture there).
/// </summary>
internal sealed class InwardLinks(InternalService service) : ISite
{
    private const string Playlist = "application/vnd.apple.mpegurl";

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/inward/redirect/{**name}",
            [HttpMethods.Get, HttpMethods.Head],
            () => TypedResults.Redirect(Inside("video.mp4"))
        );
        routes.MapMethods(
            "/inward/metadata/{**name}",
            [HttpMethods.Get, HttpMethods.Head],
            () => TypedResults.Redirect("http://169.254.169.254/latest/meta-data/iam/security-credentials/")
        );
        routes.MapGet("/inward/segment/index.m3u8", () => Hls("", Inside("seg000.ts")));
        routes.MapGet(
            "/inward/key/index.m3u8",
            (HttpContext context) =>
                Hls($"#EXT-X-KEY:METHOD=AES-128,URI=\"{Inside("key.bin")}\"\n", Public(context, "hls-aes/seg000.ts"))
        );
        routes.MapGet(
            "/inward/map/index.m3u8",
            (HttpContext context) =>
                Hls($"#EXT-X-MAP:URI=\"{Inside("init.mp4")}\"\n", Public(context, "hls-fmp4/360p/seg000.m4s"))
        );
        routes.MapGet("/inward/dash/manifest.mpd", Dash);
        routes.MapGet("/inward/page", () => Page($"""<video src="{Inside("video.mp4")}"></video>"""));
        routes.MapGet(
            "/inward/thumbnail",
            (HttpContext context) =>
                Page($"""<video poster="{Inside("poster.jpg")}" src="{Public(context, "small.mp4")}"></video>""")
        );
    }

    private string Inside(string file) => new Uri(service.Url, file).AbsoluteUri;

    private static string Public(HttpContext context, string file) => context.Link($"/media/{file}");

    private static ContentHttpResult Hls(string tags, string segment) =>
        TypedResults.Text(
            $"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n{tags}#EXTINF:2.0,\n{segment}\n#EXT-X-ENDLIST\n",
            Playlist
        );

    private ContentHttpResult Dash() =>
        TypedResults.Text(
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT2.0S" minBufferTime="PT2.0S">
              <Period><BaseURL>{service.Url}</BaseURL><AdaptationSet contentType="video">
                <Representation id="0" mimeType="video/mp4" codecs="avc1.42c01f" bandwidth="400000" width="640" height="360">
                  <SegmentTemplate timescale="1" duration="2" initialization="init.m4s" media="$Number$.m4s" startNumber="1"/>
                </Representation>
              </AdaptationSet></Period>
            </MPD>
            """,
            "application/dash+xml"
        );

    private static ContentHttpResult Page(string body) =>
        TypedResults.Text(
            $"<!doctype html><html><head><title>Look inside</title></head><body>{body}</body></html>\n",
            "text/html; charset=utf-8"
        );
}
