using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Errors;

/// <summary>The body of every refusal (RFC 9457). The figures that apply stand beside the named members.</summary>
/// <param name="Type">Name of the problem; a URN, since it is a name and not a page.</param>
/// <param name="Title">Short text of the kind of problem, equal for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">Description of this occurrence.</param>
/// <param name="Code">The stable code that clients test for.</param>
/// <param name="Retryable">The same request may succeed later.</param>
/// <param name="TraceId">Id by which the request is found in the server's log.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    bool Retryable,
    string TraceId
)
{
    public const string MediaType = "application/problem+json";

    /// <summary>Further members of the problem, such as <c>required_credits</c> or <c>errors</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?> Figures { get; init; } = new Dictionary<string, object?>();

    public static string TraceIdOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    public static Problem Of(HttpContext context, ApiException refusal) =>
        Of(context, refusal.Error, refusal.Message, refusal.Figures);

    public static Task WriteAsync(HttpContext context, ApiException exception) =>
        WriteAsync(context, exception.Error, exception.Message, exception.Figures, exception.RetryAfter);

    /// <summary>Wait of whoever is refused for now, and cannot be told better: the common pause of a server that is busy.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    /// <summary>The one place where a refusal is written.</summary>
    public static Task WriteAsync(
        HttpContext context,
        ApiError error,
        string detail,
        IReadOnlyDictionary<string, object?>? figures = null,
        TimeSpan? retryAfter = null
    )
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"decant\"";
        }

        retryAfter ??= error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            ? UsualWait
            : null;
        if (retryAfter is { } wait)
        {
            // Rounded up: a client that waits as told is served.
            response.Headers[HeaderNames.RetryAfter] = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        }

        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return response.WriteAsJsonAsync(Of(context, error, detail, figures), json, MediaType, context.RequestAborted);
    }

    private static Problem Of(
        HttpContext context,
        ApiError error,
        string detail,
        IReadOnlyDictionary<string, object?>? figures
    ) =>
        new(
            $"urn:decant:problem:{error.Code}",
            error.Title,
            error.Status,
            detail,
            error.Code,
            error.Retryable,
            TraceIdOf(context)
        )
        {
            Figures = new Dictionary<string, object?>(figures ?? new Dictionary<string, object?>()),
        };
}
