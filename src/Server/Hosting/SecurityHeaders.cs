using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Hosting;

/// <summary>Headers that keep a browser from taking an answer for anything else.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets them on every answer that does not say them itself, refusals included.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(Set, context.Response);
                return next(context);
            }
        );

    private static Task Set(object state)
    {
        var response = (HttpResponse)state;
        response.Headers.TryAdd("X-Content-Type-Options", "nosniff");
        response.Headers.TryAdd("Referrer-Policy", "no-referrer");
        response.Headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        return Task.CompletedTask;
    }
}
