using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Decant.Lab.Media;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Hostile;

/// <summary>
/// Whatever title an address carries, at each place where one is said: <c>/titled/page?title=TEXT</c> (the page's head), <c>/titled/jsonld?title=TEXT</c> (JSON-LD, which
/// says it of the author too; <c>?raw=ESCAPED</c> is put there as it is), <c>/titled/sound.mp3?title=TEXT</c> (an ID3 tag) and <c>/titled/named.mp4?title=TEXT</c>
/// (<c>Content-Disposition</c>). <c>?times=N</c> says it so many times over.
/// </summary>
internal sealed class HostileTitles(MediaCatalogue catalogue) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapGet("/titled/page", Page);
        routes.MapGet("/titled/jsonld", JsonLd);
        routes.MapMethods("/titled/sound.mp3", read, (Delegate)SoundAsync);
        routes.MapMethods("/titled/named.mp4", read, (Delegate)NamedAsync);
    }

    private static ContentHttpResult Page(HttpContext context)
    {
        var title = WebUtility.HtmlEncode(TitleOf(context));
        return TypedResults.Text(
            $"""
            <!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
            <meta property="og:title" content="{title}"></head>
            <body><video src="{MediumOf(context)}"></video></body></html>
            """,
            "text/html; charset=utf-8"
        );
    }

    private static ContentHttpResult JsonLd(HttpContext context)
    {
        var title = (string?)context.Request.Query["raw"] ?? JavaScriptEncoder.Default.Encode(TitleOf(context));
        return TypedResults.Text(
            $$"""
            <!doctype html><html><head><meta charset="utf-8"><title>A page</title><script type="application/ld+json">
            {"@context": "https://schema.org", "@type": "VideoObject", "name": "{{title}}", "description": "{{title}}",
             "author": {"@type": "Person", "name": "{{title}}"}, "uploadDate": "2024-02-05", "duration": "PT10S", "contentUrl": "{{MediumOf(
                context
            )}}"}
            </script></head><body></body></html>
            """,
            "text/html; charset=utf-8"
        );
    }

    private async Task<FileContentHttpResult> SoundAsync(HttpContext context)
    {
        var file = await catalogue.GetAsync("audio.mp3", context.RequestAborted);
        return TypedResults.File(
            [.. Id3(TitleOf(context)), .. await File.ReadAllBytesAsync(file.Path, context.RequestAborted)],
            "audio/mpeg",
            enableRangeProcessing: true
        );
    }

    private async Task<PhysicalFileHttpResult> NamedAsync(HttpContext context)
    {
        var file = await catalogue.GetAsync("small.mp4", context.RequestAborted);
        context.Response.Headers.ContentDisposition =
            $"inline; filename*=UTF-8''{Uri.EscapeDataString(TitleOf(context))}";
        return TypedResults.PhysicalFile(file.Path, "video/mp4", enableRangeProcessing: true);
    }

    /// <summary>ID3v2.4 with a title in UTF-8. Its sizes have seven bits in each byte.</summary>
    private static byte[] Id3(string title)
    {
        byte[] text = [3, .. Encoding.UTF8.GetBytes(title)];
        byte[] frame = [.. "TIT2"u8, .. Size(text.Length), 0, 0, .. text];
        return [.. "ID3"u8, 4, 0, 0, .. Size(frame.Length), .. frame];

        static byte[] Size(int size) =>
            [(byte)((size >> 21) & 127), (byte)((size >> 14) & 127), (byte)((size >> 7) & 127), (byte)(size & 127)];
    }

    private static string TitleOf(HttpContext context) =>
        string.Concat(
            Enumerable.Repeat(
                context.Request.Query["title"].ToString(),
                int.TryParse(context.Request.Query["times"], out var times) ? times : 1
            )
        );

    /// <summary>An address of its own for each query, without anything that means something where it stands.</summary>
    private static string MediumOf(HttpContext context) =>
        context.Link(
            $"/media/small.mp4?titled={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.QueryString.Value!)))}"
        );
}
