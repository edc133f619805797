using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Hosting;

/// <summary>Marks an endpoint of the older document, whose answers name the present path (RFC 9745, RFC 8288).</summary>
internal sealed record OlderPath
{
    /// <summary>Since when the newer document has other paths, as far as this server is concerned.</summary>
    private static readonly DateTimeOffset Since = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    public static void Announce(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OlderPath>() is null)
        {
            return;
        }

        var request = context.Request;
        var present = string.Concat(request.PathBase, VideoRoutes.PresentPathOf(request.Path), request.QueryString);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["Deprecation"] = string.Create(
                CultureInfo.InvariantCulture,
                $"@{Since.ToUnixTimeSeconds()}"
            );
            context.Response.Headers.Append("Link", $"<{present}>; rel=\"successor-version\"");
            return Task.CompletedTask;
        });
    }
}
