using System.Text.Json;
using Decant.Engine.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using KestrelServerOptions = Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions;

namespace Decant.Server.Errors;

/// <summary>Turns what a handler threw into the answer.</summary>
internal sealed partial class ExceptionAnswers(IOptions<KestrelServerOptions> kestrel, ILogger<ExceptionAnswers> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        switch (exception)
        {
            case ApiException refusal:
                await Problem.WriteAsync(httpContext, refusal);
                break;
            case MediaException media:
                LogMedia(media.Error.Code, media.Message, Problem.TraceIdOf(httpContext), media.InnerException);
                await Problem.WriteAsync(
                    httpContext,
                    media.Error.ToApiError(),
                    media.Message,
                    FiguresOf(media),
                    media.RetryAfter
                );
                break;
            case BadHttpRequestException bad:
                await Problem.WriteAsync(httpContext, Explain(bad));
                break;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                // Nobody is there to read an answer; the status is for the access log.
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            default:
                LogUnexpected(httpContext.Request.Method, Problem.TraceIdOf(httpContext), exception);
                await Problem.WriteAsync(
                    httpContext,
                    ApiError.Internal,
                    "The server met a fault of its own. Its log has the rest under this trace_id."
                );
                break;
        }

        return true;
    }

    private static Dictionary<string, object?> FiguresOf(MediaException media)
    {
        var figures = new Dictionary<string, object?>(media.Figures);
        if (media.Field is { } field)
        {
            figures.TryAdd("errors", new Dictionary<string, string[]> { [field] = [media.Message] });
        }

        return figures;
    }

    private ApiException Explain(BadHttpRequestException bad)
    {
        if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            var limit = kestrel.Value.Limits.MaxRequestBodySize;
            return new ApiException(ApiError.TooLarge, $"A request may have {limit} bytes; split it.")
            {
                Figures = new Dictionary<string, object?> { ["max_bytes"] = limit },
            };
        }

        if (bad.StatusCode == StatusCodes.Status415UnsupportedMediaType)
        {
            return ApiException.Invalid("body", "Send JSON, with the header Content-Type: application/json.");
        }

        return bad.InnerException is JsonException json
            ? ApiException.Invalid(FieldOf(json), JsonFault(json))
            : ApiException.Invalid("request", bad.Message);
    }

    /// <summary><c>$.downloads[1].url</c> is <c>downloads[1].url</c>.</summary>
    private static string FieldOf(JsonException json) =>
        json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";

    private static string JsonFault(JsonException json) =>
        FieldOf(json) is var field and not "body"
            ? $"The field {field} has a value of the wrong type."
            : $"The body is not the JSON object that is expected here (line {json.LineNumber + 1}, byte {json.BytePositionInLine}).";

    [LoggerMessage(LogLevel.Information, "Refused: {Code}: {Detail} ({TraceId})")]
    private partial void LogMedia(string code, string detail, string traceId, Exception? cause);

    [LoggerMessage(LogLevel.Error, "A {Method} request failed unexpectedly ({TraceId})")]
    private partial void LogUnexpected(string method, string traceId, Exception exception);
}
