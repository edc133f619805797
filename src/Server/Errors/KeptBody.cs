using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Decant.Server.Errors;

/// <summary>Body of a JSON request, buffered so that it can be read twice: into its type, and field by field.</summary>
internal static class KeptBody
{
    private const int LargestBody = 1 << 20;
    private const int SmallestBuffer = 1 << 10;

    public static void Keep(HttpContext context)
    {
        if (TypeOf(context) is not null)
        {
            // As large as the body says it is, since that much memory is taken at once; the server's limit is a file's threshold.
            var size = (int)Math.Clamp(context.Request.ContentLength ?? LargestBody, SmallestBuffer, LargestBody);
            context.Request.EnableBuffering(size, LargestBody + 1);
        }
    }

    /// <summary>Reads the kept body again, as JSON.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        if (!context.Request.Body.CanSeek || context.Request.Body.Length == 0)
        {
            return null;
        }

        context.Request.Body.Position = 0;
        return await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
    }

    /// <returns>The type that the endpoint reads the body into; null where it reads none.</returns>
    public static Type? TypeOf(HttpContext context) =>
        context.Request.HasJsonContentType()
            ? context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
            : null;
}
