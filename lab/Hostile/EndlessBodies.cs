using System.IO.Compression;
using System.Text;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary>
/// Bodies without an end: <c>/endless/body.mp4</c> (begins as real media, no length), <c>/endless/declared.mp4</c> (says a terabyte),
/// <c>/endless/page.html</c>, and <c>/bomb/page.html</c>, 3 MB of gzip that become 3 GB.
/// </summary>
internal sealed class EndlessBodies(MediaCatalogue catalogue) : ISite
{
    private const int BombPieces = 48;
    private static readonly Lazy<byte[]> BombPiece = new(() => Pack(new byte[64 << 20]));

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/endless/body.mp4", (HttpContext context) => MediaAsync(context, null));
        routes.MapGet("/endless/declared.mp4", (HttpContext context) => MediaAsync(context, 1L << 40));
        routes.MapGet("/endless/page.html", PageAsync);
        routes.MapGet("/bomb/page.html", BombAsync);
    }

    private async Task MediaAsync(HttpContext context, long? declared)
    {
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = declared;
        var real = await catalogue.GetAsync("small.mp4", context.RequestAborted);
        await context.Response.Body.WriteAsync(
            await File.ReadAllBytesAsync(real.Path, context.RequestAborted),
            context.RequestAborted
        );
        await RepeatAsync(context, new byte[64 * 1024]);
    }

    private static async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><html><head><title>Endless</title></head><body>\n");
        await RepeatAsync(context, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>and then</p>\n", 4096))));
    }

    private static async Task RepeatAsync(HttpContext context, byte[] piece)
    {
        while (true)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    private static async Task BombAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(
            Pack("<!doctype html><html><head><title>Bomb</title></head><body>\n"u8),
            context.RequestAborted
        );
        for (var piece = 0; piece < BombPieces; piece++)
        {
            // Gzip members that follow one another unpack as one.
            await context.Response.Body.WriteAsync(BombPiece.Value, context.RequestAborted);
        }
    }

    private static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
