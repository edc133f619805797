using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Hostile;

/// <summary>
/// A length of one's own invention, at each place where one is said: <c>/says/SECONDS/page</c> (JSON-LD), <c>/says/SECONDS/feed</c> (RSS),
/// <c>/says/SECONDS/vod.m3u8</c> (EXTINF of twelve segments of a second), <c>/says/SECONDS/live.m3u8</c> (the same, listed one by one as
/// they come), <c>/says/SECONDS/manifest.mpd</c> (DASH) and <c>/says/SECONDS/header.mp4</c> (the boxes of the file). The media are <c>small.mp4</c> (10 s) and segments of <c>live-segments</c>; <c>?KEY</c> makes
/// an address of its own of each.
/// </summary>
internal sealed class LyingAnnouncements(MediaCatalogue catalogue) : ISite
{
    private const int Segments = 12;

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/says/{seconds:int}/page", Page);
        routes.MapGet("/says/{seconds:int}/feed", Feed);
        routes.MapGet("/says/{seconds:int}/vod.m3u8", (int seconds, HttpContext context) => Playlist(seconds, context));
        routes.MapGet("/says/{seconds:int}/manifest.mpd", Manifest);
        routes.MapMethods("/says/{seconds:int}/header.mp4", [HttpMethods.Get, HttpMethods.Head], HeaderAsync);
    }

    private static ContentHttpResult Page(int seconds, HttpContext context) =>
        TypedResults.Text(
            $$"""
            <!doctype html><html><head><title>A page that lies</title>
            <script type="application/ld+json">
            {"@context": "https://schema.org", "@type": "VideoObject", "name": "A page that lies", "description": "Lies",
             "uploadDate": "2024-02-05", "duration": "PT{{seconds}}S",
             "contentUrl": "{{context.Link($"/media/small.mp4{context.Request.QueryString}")}}"}
            </script></head><body><p>Look.</p></body></html>
            """,
            "text/html; charset=utf-8"
        );

    private static ContentHttpResult Feed(int seconds, HttpContext context) =>
        TypedResults.Text(
            $"""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A feed that lies</title>
            <item><title>The only one</title><guid>one</guid><itunes:duration>{seconds}</itunes:duration>
            <enclosure url="{context.Link(
                $"/media/small.mp4{context.Request.QueryString}"
            )}" length="1" type="video/mp4"/></item></channel></rss>
            """,
            "application/rss+xml"
        );

    private static ContentHttpResult Playlist(int seconds, HttpContext context)
    {
        var each = (double)seconds / Segments;
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{Math.Max(1, (int)Math.Ceiling(each))}\n");
        text.Append("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n");
        for (var segment = 0; segment < Segments; segment++)
        {
            var address = context.Link(
                $"/media/live-segments/{LiveStream.FileOf(segment)}{context.Request.QueryString}"
            );
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{each:0.######},\n{address}\n");
        }

        return TypedResults.Text(text.Append("#EXT-X-ENDLIST\n").ToString(), "application/vnd.apple.mpegurl");
    }

    private static ContentHttpResult Manifest(int seconds, HttpContext context) =>
        TypedResults.Text(
            $"""
            <?xml version="1.0"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"
                 mediaPresentationDuration="PT{seconds}S" minBufferTime="PT2S">
            <Period><AdaptationSet mimeType="video/mp4" contentType="video">
            <Representation id="1" bandwidth="2000000" width="1280" height="720" codecs="avc1.64001f">
            <BaseURL>{context.Link($"/media/small.mp4{context.Request.QueryString}").Replace(
                "&",
                "&amp;",
                StringComparison.Ordinal
            )}</BaseURL>
            </Representation></AdaptationSet></Period></MPD>
            """,
            "application/dash+xml"
        );

    private async Task<FileContentHttpResult> HeaderAsync(int seconds, CancellationToken cancellationToken)
    {
        var file = await catalogue.GetAsync("small.mp4", cancellationToken);
        var bytes = await File.ReadAllBytesAsync(file.Path, cancellationToken);
        Rewrite(bytes, "mvhd"u8, scaleAt: 12, lengthAt: 16, seconds);
        Rewrite(bytes, "mdhd"u8, scaleAt: 12, lengthAt: 16, seconds);
        return TypedResults.File(bytes, "video/mp4", enableRangeProcessing: true);
    }

    /// <summary>Boxes of version 0: the scale and the length, from the box's name on, without its version and flags.</summary>
    private static void Rewrite(Span<byte> file, ReadOnlySpan<byte> box, int scaleAt, int lengthAt, int seconds)
    {
        for (var at = 0; file[at..].IndexOf(box) is >= 0 and var next; )
        {
            at += next + box.Length;
            var scale = BinaryPrimitives.ReadUInt32BigEndian(file[(at + scaleAt)..]);
            BinaryPrimitives.WriteUInt32BigEndian(file[(at + lengthAt)..], (uint)(scale * seconds));
        }
    }
}
