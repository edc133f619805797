using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary>
/// Small bodies that unpack to gigabytes: <c>/bomb/{gzip,br,deflate}/{page.html,feed.xml,index.m3u8,manifest.mpd,video.mp4}</c>. Each begins as
/// what its name says.
/// </summary>
internal sealed class PackedBombs : ISite
{
    /// <summary>Unpacked size: more than a child may have of memory.</summary>
    private const int Megabytes = 1536;

    private readonly ConcurrentDictionary<(string Encoding, string Name), Lazy<byte[]>> _packed = new();

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var encoding in (string[])["gzip", "br", "deflate"])
        {
            routes.MapGet(
                $"/bomb/{encoding}/{{name}}",
                async (string name, HttpContext context) =>
                {
                    var packed = _packed.GetOrAdd((encoding, name), key => new(() => Pack(key.Encoding, key.Name)));
                    context.Response.ContentType = StoredFile.TypeOf(name);
                    context.Response.Headers.ContentEncoding = encoding;
                    context.Response.ContentLength = packed.Value.Length;
                    await context.Response.Body.WriteAsync(packed.Value, context.RequestAborted);
                }
            );
        }
    }

    private static byte[] Pack(string encoding, string name)
    {
        var (head, more) = ContentOf(name);
        using var packed = new MemoryStream();
        using (var packing = Open(encoding, packed))
        {
            packing.Write(head);
            var piece = new byte[1 << 20];
            for (var at = 0; at < piece.Length; at++)
            {
                piece[at] = more[at % more.Length];
            }

            for (var written = 0; written < Megabytes; written++)
            {
                packing.Write(piece);
            }
        }

        return packed.ToArray();
    }

    private static Stream Open(string encoding, Stream packed) =>
        encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            // By that name HTTP means zlib's format (RFC 9110, section 8.4.1.2).
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        };

    private static (byte[] Head, byte[] More) ContentOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".m3u8" => (Text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n"), Text("#EXTINF:1,\na.ts\n")),
            ".mpd" => (
                Text("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period>"),
                Text("<AdaptationSet></AdaptationSet>")
            ),
            ".xml" => (
                Text("<?xml version=\"1.0\"?><rss><channel><title>Bomb</title>"),
                Text("<item><title>a</title></item>")
            ),
            ".mp4" => ([0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp41"u8], [0]),
            _ => (Text("<!doctype html><html><head><title>Bomb</title></head><body>"), Text("<p>and then</p>\n")),
        };

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
