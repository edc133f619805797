using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.Telemetry;

/// <summary><c>GET /metrics</c>, in Prometheus's words: on a port of its own, or on the ordinary one for whoever has the key. To anybody else there is no such path.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";
    private const string Bearer = "Bearer ";

    public static void UseMetrics(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        if (options.MetricsKey is not null || options.MetricsPort is not null)
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint(context => IsAllowed(context, options));
        }

        if (options.MetricsPort is { } port)
        {
            // The port may be open to a network that the API is not for.
            app.Use(
                (context, next) =>
                {
                    if (context.Connection.LocalPort != port || IsHealth(context.Request.Path))
                    {
                        return next(context);
                    }

                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                }
            );
        }
    }

    private static bool IsHealth(PathString path) => path == "/healthz" || path == "/readyz";

    private static bool IsAllowed(HttpContext context, TelemetryOptions options) =>
        context.Request.Path == Path
        && (
            context.Connection.LocalPort == options.MetricsPort
            || options.MetricsKey is { } key && IsKey(context.Request.Headers.Authorization.ToString(), key)
        );

    private static bool IsKey(string given, string key) =>
        given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given[Bearer.Length..]),
            Encoding.UTF8.GetBytes(key)
        );
}
