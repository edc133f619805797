using System.IO.Compression;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Manners;

/// <summary>Manners that all of the API shares: warnings of unknown fields, conditional GETs, compressed answers, older paths that name the present ones.</summary>
internal static class MannersServices
{
    /// <summary>
    /// Paths whose answers hold secrets, and are never compressed: the length of a compressed text that holds a secret beside something
    /// a stranger chose gives the secret away, letter by letter (BREACH).
    /// </summary>
    private static readonly PathString[] Secret = ["/api/v1/auth", "/api/v1/admin", "/api/v1/webhooks", "/mcp"];

    public static void AddManners(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestFields>();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            // Not text/event-stream, which must not wait in a compressor; files and pictures are compressed as they are.
            compression.MimeTypes =
            [
                "application/json",
                "application/problem+json",
                "text/html",
                "text/css",
                "text/javascript",
                "application/javascript",
            ];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Adds compression, the notice of older paths and the keeping of bodies, before everything that answers.</summary>
    public static void UseManners(this WebApplication app)
    {
        app.UseWhen(
            context =>
                !Secret.Any(prefix =>
                    context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)
                ),
            branch => branch.UseResponseCompression()
        );
        app.Use(
            (context, next) =>
            {
                OlderPath.Announce(context);
                KeptBody.Keep(context);
                return next(context);
            }
        );
    }

    /// <summary>The group that all endpoints are mapped on.</summary>
    public static RouteGroupBuilder MapWithManners(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("");
        api.AddEndpointFilter(ConditionalAnswer.AnswerAsync);
        api.AddEndpointFilter(RequestWarnings.AnswerAsync);
        return api;
    }
}
