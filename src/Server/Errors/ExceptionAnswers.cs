using System.Data.Common;
using Decant.Engine.Errors;
using Decant.Server.Data;
using Decant.Server.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Errors;

/// <summary>Turns what a handler threw into the answer.</summary>
internal sealed partial class ExceptionAnswers(IHostApplicationLifetime lifetime, ILogger<ExceptionAnswers> logger)
    : IExceptionHandler
{
    /// <summary>Time in which a server is usually started again.</summary>
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(5);

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
                await Problem.WriteAsync(httpContext, media.ToRefusal());
                break;
            case BadHttpRequestException bad:
                await Problem.WriteAsync(httpContext, await BadRequest.ExplainAsync(bad, httpContext));
                break;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                // Nobody is there to read an answer; the status is for the access log.
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            case OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested:
                await Problem.WriteAsync(
                    httpContext,
                    new ApiException(
                        ApiError.ShuttingDown,
                        "The server was told to stop while it worked on this request. Send it again."
                    )
                    {
                        RetryAfter = Restart,
                    }
                );
                break;
            case DbException or DbUpdateException when IsUnstorableText(exception):
                await Problem.WriteAsync(httpContext, BadRequest.UnstorableText);
                break;
            case var _ when DatabaseTrouble.Of(exception) is { } trouble:
                LogTrouble(trouble.Message, exception.GetBaseException().Message, Problem.TraceIdOf(httpContext));
                await Problem.WriteAsync(
                    httpContext,
                    new ApiException(MediaError.Overloaded.ToApiError(), trouble.Message)
                    {
                        RetryAfter = trouble.RetryAfter,
                    }
                );
                break;
            case StorageTroubleException trouble:
                LogTrouble(trouble.Message, trouble.GetBaseException().Message, Problem.TraceIdOf(httpContext));
                await Problem.WriteAsync(
                    httpContext,
                    new ApiException(
                        MediaError.Overloaded.ToApiError(),
                        "The storage of this server does not answer at present. Try again in a few seconds."
                    )
                    {
                        RetryAfter = StorageTroubleException.RetryAfter,
                    }
                );
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

    /// <summary>PostgreSQL keeps no U+0000 in a text (22021) or in JSON (22P05).</summary>
    private static bool IsUnstorableText(Exception exception) =>
        (exception as DbException ?? exception.InnerException as DbException)?.SqlState is "22021" or "22P05";

    // How a database is away is no fault of ours: a sentence, no stack.
    [LoggerMessage(LogLevel.Warning, "Refused: {Trouble} ({Detail}; {TraceId})")]
    private partial void LogTrouble(string trouble, string detail, string traceId);

    [LoggerMessage(LogLevel.Information, "Refused: {Code}: {Detail} ({TraceId})")]
    private partial void LogMedia(string code, string detail, string traceId, Exception? cause);

    [LoggerMessage(LogLevel.Error, "A {Method} request failed unexpectedly ({TraceId})")]
    private partial void LogUnexpected(string method, string traceId, Exception exception);
}
