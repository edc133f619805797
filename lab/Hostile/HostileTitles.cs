using System.Net;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary><c>/titled/page?title=TEXT</c>: a page with a video and whatever title its address carries.</summary>
internal sealed class HostileTitles : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/titled/page",
            (string title, HttpContext context) =>
                TypedResults.Text(
                    $"""
                    <!doctype html><html><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(title)}</title>
                    <meta property="og:title" content="{WebUtility.HtmlEncode(title)}"></head>
                    <body><video src="{WebUtility.HtmlEncode(
                        context.Link($"/media/small.mp4?titled={Uri.EscapeDataString(title)}")
                    )}"></video></body></html>
                    """,
                    "text/html; charset=utf-8"
                )
        );
}
