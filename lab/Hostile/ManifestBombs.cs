using System.Globalization;
using System.Text;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Lab.Hostile;

/// <summary>
/// Manifests and pages that are small to send and large to read: <c>/bomb/text/million.m3u8</c> (a million segments), <c>self.m3u8</c> and
/// <c>self-media.m3u8</c> (lists of themselves), <c>endless.m3u8</c> (a segment without an end), <c>dripping.m3u8</c> (one at a byte a second), <c>variants.m3u8</c> (20,000 renditions),
/// <c>template.mpd</c> and <c>timeline.mpd</c> (more segments than there are numbers), <c>entities.mpd</c> and <c>entities.xml</c> (a billion laughs),
/// <c>nested.mpd</c>, <c>nested.html</c> and <c>nested.json.html</c> (a hundred thousand deep), <c>formats.html</c> (20,000 videos).
/// </summary>
internal sealed class ManifestBombs : ISite
{
    private const int Deep = 100_000;
    private const int Many = 20_000;

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "million.m3u8", Million);
        Map(
            routes,
            "self.m3u8",
            context => $"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000000\n{Here(context, "self.m3u8")}\n"
        );
        Map(
            routes,
            "self-media.m3u8",
            context =>
                $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{Here(context, "self-media.m3u8")}\n#EXT-X-ENDLIST\n"
        );
        Map(
            routes,
            "endless.m3u8",
            context =>
                $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{context.Link("/endless/body.mp4")}\n#EXT-X-ENDLIST\n"
        );
        Map(
            routes,
            "dripping.m3u8",
            context =>
                $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{context.Link("/media/live-segments/seg000.ts")}\n#EXTINF:1,\n{context.Link("/drip/small.mp4?segment")}\n#EXT-X-ENDLIST\n"
        );
        Map(routes, "variants.m3u8", Variants);
        Map(
            routes,
            "template.mpd",
            _ =>
                Mpd(
                    "<SegmentTemplate media=\"$Number$.m4s\" initialization=\"i.mp4\" duration=\"1\" timescale=\"1000000000\"/>"
                )
        );
        Map(
            routes,
            "timeline.mpd",
            _ =>
                Mpd(
                    "<SegmentTemplate media=\"$Time$.m4s\" initialization=\"i.mp4\" timescale=\"1000\"><SegmentTimeline><S t=\"0\" d=\"1\" r=\"2000000000\"/></SegmentTimeline></SegmentTemplate>"
                )
        );
        Map(
            routes,
            "entities.mpd",
            _ => Laughs("MPD", "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period>&l9;</Period></MPD>")
        );
        Map(
            routes,
            "entities.xml",
            _ => Laughs("rss", "<rss version=\"2.0\"><channel><title>&l9;</title></channel></rss>")
        );
        Map(routes, "nested.mpd", _ => $"<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">{Repeat("<Period>", Deep)}");
        Map(
            routes,
            "nested.html",
            _ => $"<!doctype html><title>Deep</title><body>{Repeat("<div class=a><video src=x.mp4>", Deep)}"
        );
        Map(
            routes,
            "nested.json.html",
            _ =>
                $"<!doctype html><title>Deep</title><script type=\"application/ld+json\">{Repeat("[", Deep)}{Repeat("{\"a\":", Deep)}</script>"
        );
        Map(routes, "formats.html", Formats);
        routes.MapGet("/bomb/headers/{name}", HeadersAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string name, Func<HttpContext, string> write) =>
        routes.MapGet(
            $"/bomb/text/{name}",
            (HttpContext context) => Results.Text(write(context), StoredFile.TypeOf(name))
        );

    private static string Million(HttpContext context)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-PLAYLIST-TYPE:VOD\n");
        for (var segment = 0; segment < 1_000_000; segment++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:1,\n{segment}.ts\n");
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    private static string Variants(HttpContext context)
    {
        var text = new StringBuilder("#EXTM3U\n");
        for (var variant = 0; variant < Many; variant++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"#EXT-X-STREAM-INF:BANDWIDTH={1000 + variant},RESOLUTION=640x360,CODECS=\"avc1.64001f,mp4a.40.2\"\nv{variant}.m3u8\n"
            );
        }

        return text.ToString();
    }

    private static string Formats(HttpContext context)
    {
        var text = new StringBuilder("<!doctype html><title>Many</title><video>");
        for (var format = 0; format < Many; format++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<source src=\"/bomb/none/{format}.mp4\" type=\"video/mp4\">\n");
        }

        return text.Append("</video>").ToString();
    }

    private static string Mpd(string addressing) =>
        $"""
            <?xml version="1.0"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1000H" minBufferTime="PT2S">
            <Period><AdaptationSet mimeType="video/mp4" contentType="video">
            <Representation id="1" bandwidth="2000000" width="640" height="360" codecs="avc1.64001f">{addressing}</Representation>
            </AdaptationSet></Period></MPD>
            """;

    /// <summary>Ten to the ninth laughs.</summary>
    private static string Laughs(string root, string body)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\"?>\n<!DOCTYPE {root} [<!ENTITY l0 \"ha\">\n");
        for (var level = 1; level <= 9; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<!ENTITY l{level} \"{Repeat($"&l{level - 1};", 10)}\">\n");
        }

        return text.Append("]>\n").Append(body).ToString();
    }

    /// <summary>Ten megabytes of header fields, written below HTTP: Kestrel would not send them.</summary>
    private static async Task HeadersAsync(HttpContext context)
    {
        var wire = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"u8.ToArray(), context.RequestAborted);
        var field = Encoding.ASCII.GetBytes($"X-Bomb: {new string('a', 1000)}\r\n");
        for (var written = 0; written < 10 << 20; written += field.Length)
        {
            await wire.WriteAsync(field, context.RequestAborted);
        }

        await wire.WriteAsync("Content-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), context.RequestAborted);
        context.Abort();
    }

    private static string Here(HttpContext context, string name) => context.Link($"/bomb/text/{name}");

    private static string Repeat(string text, int times) =>
        new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
