using System.Security.Cryptography;
using System.Text.Json;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Decant.Server.Idempotency;

/// <summary>Answers a repeated request with the first answer, where the client names the request with <c>Idempotency-Key</c>.</summary>
/// <remarks>docs/adr/0010 says which answers are kept, and why.</remarks>
internal sealed partial class IdempotentAnswers(
    IdempotencyRecords records,
    IOptions<IdempotencyOptions> options,
    IOptions<JsonOptions> json,
    TimeProvider time,
    ILogger<IdempotentAnswers> logger
)
{
    public const string Header = "Idempotency-Key";
    public const int LongestKey = 255;
    private const string Replayed = "Idempotency-Replayed";

    /// <summary>Interval at which answers made on other nodes are looked for.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    /// <param name="operation">Name of the operation, equal under both path families.</param>
    /// <param name="invocation">The request, read and bound.</param>
    /// <param name="next">Does it.</param>
    /// <exception cref="ApiException"><c>idempotency_conflict</c>, <c>idempotency_in_progress</c>.</exception>
    public async ValueTask<object?> AnswerAsync(
        string operation,
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        if (ReadKey(context) is not { } key)
        {
            return await next(invocation);
        }

        var named = new IdempotentRequest(
            context.GetCaller().AccountId,
            operation,
            key,
            Hash(operation, invocation),
            _json
        );
        if (await WaitForFirstAsync(named, context.RequestAborted) is { } first)
        {
            return Replay(context, first);
        }

        context.Features.Set(named);
        using var over = new CancellationTokenSource();
        var alive = StayAliveAsync(named, over.Token);
        try
        {
            return await MakeAsync(named, invocation, next);
        }
        finally
        {
            await over.CancelAsync();
            await alive;
        }
    }

    /// <returns>The record of the first request, answered; null where this is the first.</returns>
    private async Task<IdempotencyRecord?> WaitForFirstAsync(
        IdempotentRequest named,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (await records.TryTakeAsync(named, cancellationToken) is { } first)
        {
            if (first.RequestHash != named.Hash)
            {
                throw new ApiException(
                    ApiError.IdempotencyConflict,
                    $"The {Header} '{named.Key}' was sent before with another request. Use a new key for a new request."
                );
            }

            if (first.IsAnswered)
            {
                return first;
            }

            if (time.GetElapsedTime(began) >= options.Value.WaitFor)
            {
                throw named.UnderWay();
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return null;
    }

    private async Task<object?> MakeAsync(
        IdempotentRequest named,
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        // What has happened is written down, whoever has hung up meanwhile.
        var toTheEnd = CancellationToken.None;
        try
        {
            var result = await next(invocation);
            if (!named.IsKept && result is IValueHttpResult { Value: { } value })
            {
                var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
                await TryAsync(
                    named,
                    records.KeepAsync(named, status, JsonSerializer.Serialize(value, _json), toTheEnd)
                );
            }

            return result;
        }
        catch (Exception exception)
        {
            if (exception.ToRefusal() is { } refusal && IsFinal(refusal.Error))
            {
                var problem = Problem.Of(invocation.HttpContext, refusal);
                var body = JsonSerializer.Serialize(problem, _json);
                await TryAsync(named, records.KeepAsync(named, refusal.Error.Status, body, toTheEnd));
            }
            else
            {
                await TryAsync(named, records.ForgetAsync(named, toTheEnd));
            }

            throw;
        }
    }

    /// <summary>The answer is the client's, whether or not it can be kept: without a record the request counts as dead before long.</summary>
    private async Task TryAsync(IdempotentRequest named, Task write)
    {
        try
        {
            await write;
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            LogUnkept(exception, named.Operation);
        }
    }

    /// <summary>Not what the request itself is at fault for, since nothing was begun; nor what may go well another time, since
    /// every refusal leaves all as it was.</summary>
    private static bool IsFinal(ApiError error) =>
        error is { Retryable: false, Status: not StatusCodes.Status400BadRequest };

    private static ContentHttpResult Replay(HttpContext context, IdempotencyRecord first)
    {
        context.Response.Headers[Replayed] = "true";
        var isRefusal = first.Status >= StatusCodes.Status400BadRequest;
        if (isRefusal)
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        return TypedResults.Content(
            first.Answer,
            isRefusal ? Problem.MediaType : "application/json; charset=utf-8",
            contentEncoding: null,
            first.Status
        );
    }

    /// <summary>Tells the other nodes that the request is being handled, until it is over.</summary>
    private async Task StayAliveAsync(IdempotentRequest named, CancellationToken over)
    {
        using var timer = new PeriodicTimer(options.Value.DeadAfter / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                await records.RenewAsync(named, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Answered.
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            // At worst it is taken for dead, and then its own transaction is refused.
            LogSilent(exception, named.Operation);
        }
    }

    /// <summary>Hash of the request as it was understood, so that neither white space nor the order of fields makes another request.</summary>
    private string Hash(string operation, EndpointFilterInvocationContext invocation)
    {
        var context = invocation.HttpContext;
        var bodyType = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var body = invocation.Arguments.FirstOrDefault(argument => argument?.GetType() == bodyType);
        return Convert.ToHexStringLower(
            SHA256.HashData([
                .. JsonSerializer.SerializeToUtf8Bytes(operation),
                .. JsonSerializer.SerializeToUtf8Bytes(context.Request.RouteValues.OrderBy(value => value.Key), _json),
                .. JsonSerializer.SerializeToUtf8Bytes(body, _json),
            ])
        );
    }

    private static string? ReadKey(HttpContext context) =>
        context.Request.Headers[Header] switch
        {
            [] or [""] => null,
            [{ Length: <= LongestKey } key] => key,
            [{ } key] => throw ApiException.Invalid(
                Header,
                $"The {Header} has {key.Length} characters; {LongestKey} are allowed."
            ),
            var several => throw ApiException.Invalid(Header, $"There are {several.Count} headers {Header}; send one."),
        };

    [LoggerMessage(LogLevel.Warning, "The outcome of a named {Operation} could not be kept")]
    private partial void LogUnkept(Exception exception, string operation);

    [LoggerMessage(LogLevel.Warning, "A named {Operation} could not say that it is being handled")]
    private partial void LogSilent(Exception exception, string operation);
}
