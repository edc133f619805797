using System.Net;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Origin;

/// <summary>
/// Pages with media on them: <c>/page/video</c> (HTML5), <c>/page/og</c> (Open Graph), <c>/page/hls</c>, <c>/page/several</c> (two of HTML5), <c>/page/feed</c> (of two episodes); <c>?src=PATH</c> chooses the medium.
/// <c>/page/none</c> has nothing to offer.
/// </summary>
internal sealed class Pages : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/page/video",
            (string? src, HttpContext context) =>
                Page(
                    "A page with a video",
                    "",
                    $"""<video controls poster="{context.Link("/media/thumb-1280x720.jpg")}" src="{Medium(context, src)}"></video>"""
                )
        );
        routes.MapGet(
            "/page/og",
            (string? src, HttpContext context) =>
                Page(
                    "A page with Open Graph video",
                    $"""
                    <meta property="og:title" content="A page with Open Graph video">
                    <meta property="og:image" content="{context.Link("/media/thumb-1280x720.png")}">
                    <meta property="og:video" content="{Medium(context, src)}">
                    """,
                    ""
                )
        );
        routes.MapGet(
            "/page/hls",
            (HttpContext context) =>
                Page(
                    "A page with a stream",
                    "",
                    $"""<video><source type="application/x-mpegURL" src="{context.Link("/media/hls-ts/master.m3u8")}"></video>"""
                )
        );
        routes.MapGet(
            "/page/several",
            (HttpContext context) =>
                Page(
                    "A page with two videos",
                    "",
                    $"""
                    <video poster="{context.Link("/media/thumb-1280x720.jpg")}" src="{Medium(context, null)}"></video>
                    <video src="{Medium(context, "/media/moov-last.mp4")}"></video>
                    """
                )
        );
        routes.MapGet(
            "/page/feed",
            (HttpContext context) =>
                TypedResults.Text(
                    $"""
                    <?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>
                    <item><title>The first: part one</title><guid>episode-1</guid><pubDate>Mon, 05 Feb 2024 06:00:00 GMT</pubDate>
                    <enclosure url="{context.Link("/media/small.mp4")}" type="video/mp4"/></item>
                    <item><title>The second</title><enclosure url="{context.Link(
                        "/media/moov-last.mp4"
                    )}?token=1" type="video/mp4"/></item>
                    </channel></rss>
                    """,
                    "application/rss+xml"
                )
        );
        routes.MapGet("/page/none", () => Page("A page without media", "", "<p>Nothing to hear, nothing to see.</p>"));
        routes.MapGet(
            "/",
            () => Page("Decant lab", "", "<p>The lab's media origin. lab/README.md lists what it answers.</p>")
        );
    }

    private static string Medium(HttpContext context, string? src) =>
        WebUtility.HtmlEncode(context.Link(src ?? "/media/small.mp4"));

    private static ContentHttpResult Page(string title, string head, string body) =>
        TypedResults.Text(
            $"""
            <!doctype html>
            <html><head><meta charset="utf-8"><title>{title}</title>
            {head}
            </head><body><h1>{title}</h1>
            {body}
            </body></html>
            """,
            "text/html; charset=utf-8"
        );
}
