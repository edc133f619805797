using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Web;

/// <summary>The page (<c>web/</c>, built): its files, precompressed, and its first document for every address that is a room of it.</summary>
internal static class WebPage
{
    private const string Document = "index.html";

    /// <summary>
    /// Content-Security-Policy of the page. Scripts, connections and media are this server's alone. Styles may stand inline, since the
    /// component library (Mantine) writes its variables into a style element; nothing that a stranger wrote is ever a style.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";

    /// <summary>First parts of addresses that are never rooms of the page: an unknown address below them is a problem document.</summary>
    private static readonly string[] NotOurs =
    [
        "/api",
        "/download",
        "/openapi",
        "/docs",
        "/healthz",
        "/readyz",
        "/mcp",
        "/metrics",
        // Clients that look for a description there would take a document for it.
        "/.well-known",
    ];

    public static void AddWebPage(this WebApplicationBuilder builder) => builder.AddSettings<WebOptions>("Web");

    public static void UseWebPage(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<IOptions<WebOptions>>().Value.FullFolder;
        if (!File.Exists(Path.Combine(folder, Document)))
        {
            app.Use(
                (context, next) =>
                    context.Request.Path == "/" && IsRead(context.Request)
                        ? Results.Content(PlainPage.Html, "text/html; charset=utf-8").ExecuteAsync(context)
                        : next(context)
            );
            return;
        }

        var files = new PrecompressedFiles(folder);
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint() is null && IsRead(context.Request) && files.Find(context.Request) is { } file)
                {
                    await SendAsync(context, file);
                }
                else
                {
                    await next(context);
                }
            }
        );
    }

    private static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !NotOurs.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static async Task SendAsync(HttpContext context, WebFile file)
    {
        var response = context.Response;
        var headers = response.GetTypedHeaders();
        headers.ETag = file.ETag;
        headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
        // A name with a hash in it never means other bytes; everything else is asked about each time.
        headers.CacheControl = file.IsHashed
            ? new CacheControlHeaderValue
            {
                Public = true,
                MaxAge = TimeSpan.FromDays(365),
                Extensions = { new NameValueHeaderValue("immutable") },
            }
            : new CacheControlHeaderValue { NoCache = true };
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        response.Headers.ContentSecurityPolicy = Policy;
        if (file.Encoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (
            context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(file.ETag, useStrongComparison: false))
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentLength = file.Info.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.SendFileAsync(file.Info.FullName, context.RequestAborted);
        }
    }
}
