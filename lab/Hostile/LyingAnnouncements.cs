using System.Globalization;
using System.Text;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Hostile;

/// <summary>
/// A length of one's own invention, at each place where a page or a manifest says one: <c>/says/SECONDS/page</c> (JSON-LD), <c>/says/SECONDS/feed</c> (RSS),
/// <c>/says/SECONDS/vod.m3u8</c> (EXTINF), <c>/says/SECONDS/live.m3u8</c> (the same, listed as they come, from the first on), <c>/says/SECONDS/manifest.mpd</c>
/// (DASH of one file) and <c>/says/SECONDS/template.mpd</c> (DASH of numbered segments). The media are <c>small.mp4</c> (10 s) and twelve segments of a second; with
/// <c>?long=1</c> a minute. The whole query is that of what they link to, so that a test counts what it was sent by a key of its own.
/// </summary>
internal sealed class LyingAnnouncements(LiveStreams streams) : ISite
{
    private const string Numbered = "says";
    private const int Segments = 12;
    private const int LongSegments = 58; // No more than there is before the recorded streams begin anew.

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/says/{seconds:double}/page", Page);
        routes.MapGet("/says/{seconds:double}/feed", Feed);
        routes.MapGet("/says/{seconds:double}/vod.m3u8", Playlist);
        routes.MapGet("/says/{seconds:double}/live.m3u8", Live);
        routes.MapGet("/says/{seconds:double}/manifest.mpd", Manifest);
        routes.MapGet("/says/{seconds:double}/template.mpd", Template);
    }

    private static int SegmentsOf(HttpContext context) =>
        context.Request.Query.ContainsKey("long") ? LongSegments : Segments;

    private static string Medium(HttpContext context) =>
        context.Link(
            $"/media/{(context.Request.Query.ContainsKey("long") ? "minute" : "small")}.mp4{context.Request.QueryString}"
        );

    private static string Escaped(string address) => address.Replace("&", "&amp;", StringComparison.Ordinal);

    private static ContentHttpResult Page(double seconds, HttpContext context) =>
        TypedResults.Text(
            $$"""
            <!doctype html><html><head><title>A page that lies</title>
            <script type="application/ld+json">
            {"@context": "https://schema.org", "@type": "VideoObject", "name": "A page that lies", "description": "Lies",
             "uploadDate": "2024-02-05", "duration": "PT{{Said(seconds)}}S", "contentUrl": "{{Medium(context)}}"}
            </script></head><body><p>Look.</p></body></html>
            """,
            "text/html; charset=utf-8"
        );

    private static ContentHttpResult Feed(double seconds, HttpContext context) =>
        TypedResults.Text(
            $"""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A feed that lies</title>
            <item><title>The only one</title><guid>one</guid><itunes:duration>{Said(seconds)}</itunes:duration>
            <enclosure url="{Escaped(Medium(context))}" length="1" type="video/mp4"/></item></channel></rss>
            """,
            "application/rss+xml"
        );

    private static ContentHttpResult Playlist(double seconds, HttpContext context)
    {
        var segments = SegmentsOf(context);
        var each = seconds / segments;
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{Math.Max(1, (int)Math.Ceiling(each))}\n");
        text.Append("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n");
        for (var segment = 0; segment < segments; segment++)
        {
            var address = context.Link(
                $"/media/live-segments/{LiveStream.FileOf(segment)}{context.Request.QueryString}"
            );
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{each:0.######},\n{address}\n");
        }

        return Text(text.Append("#EXT-X-ENDLIST\n").ToString(), "application/vnd.apple.mpegurl");
    }

    /// <summary>A stream of its own for each query, over once all its segments are listed.</summary>
    private ContentHttpResult Live(double seconds, HttpContext context)
    {
        var stream = streams.Open(
            $"says{context.Request.QueryString}",
            TimeSpan.FromSeconds(Segments - LiveStream.Window)
        );
        context.Response.Headers.CacheControl = "no-store";
        return Text(
            stream.Playlist(
                fromStart: true,
                seconds / Segments,
                segment =>
                    context.Link($"/media/live-segments/{LiveStream.FileOf(segment)}{context.Request.QueryString}")
            ),
            "application/vnd.apple.mpegurl"
        );
    }

    private static ContentHttpResult Manifest(double seconds, HttpContext context) =>
        Dash(seconds, $"<BaseURL>{Escaped(Medium(context))}</BaseURL>");

    private ContentHttpResult Template(double seconds, HttpContext context)
    {
        var segments = SegmentsOf(context);
        // It has been on air for long enough that they are all there.
        streams.Open($"dash/{Numbered}", TimeSpan.Zero, at: LongSegments);
        var at = Escaped(context.Link($"/live-dash/{Numbered}/0/"));
        var query = Escaped(context.Request.QueryString.Value!);
        return Dash(
            seconds,
            Text(
                $"<SegmentTemplate timescale=\"1000000\" duration=\"{Math.Max(1, (long)(seconds * 1_000_000 / segments))}\" startNumber=\"0\" "
            ) + $"initialization=\"{at}init.m4s{query}\" media=\"{at}$Number$.m4s{query}\"/>"
        );
    }

    private static ContentHttpResult Dash(double seconds, string addressing) =>
        Text(
            $"""
            <?xml version="1.0"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"
                 mediaPresentationDuration="PT{Said(seconds)}S" minBufferTime="PT2S">
            <Period><AdaptationSet mimeType="video/mp4" contentType="video">
            <Representation id="1" bandwidth="2000000" width="1280" height="720" codecs="avc1.64001f">
            {addressing}
            </Representation></AdaptationSet></Period></MPD>
            """,
            "application/dash+xml"
        );

    private static string Said(double seconds) => Text($"{seconds:0.###}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ContentHttpResult Text(string text, string type) => TypedResults.Text(text, type);
}
