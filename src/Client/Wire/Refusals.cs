using System.Net;
using System.Text.Json;

namespace Decant.Client.Wire;

/// <summary>Reads refusals: problem+json (RFC 9457) of the server, or whatever something between answers.</summary>
internal static class Refusals
{
    /// <summary>A problem has a few kilobytes; what is longer is none.</summary>
    private const int Longest = 1024 * 1024;

    private static readonly HashSet<string> Named =
    [
        "type",
        "title",
        "status",
        "detail",
        "code",
        "retryable",
        "trace_id",
    ];

    /// <summary>Codes of failed jobs that may go well another time, as the server's own table has it.</summary>
    private static readonly HashSet<string> Passing =
    [
        "source_failed",
        "source_rate_limited",
        "source_timeout",
        "overloaded",
        "not_started",
    ];

    public static async Task<DecantException> ReadAsync(
        HttpResponseMessage answer,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var members = await ReadMembersAsync(answer, cancellationToken);
        var status = (int)answer.StatusCode;
        var code = Text(members, "code");
        return new DecantException(
            code ?? DecantException.UnexpectedAnswer,
            Text(members, "detail") ?? $"The answer is {status} {answer.ReasonPhrase}, and does not say why."
        )
        {
            Status = status,
            Retryable = members.TryGetValue("retryable", out var retryable)
                ? retryable.ValueKind == JsonValueKind.True
                : answer.StatusCode
                    is HttpStatusCode.TooManyRequests
                        or HttpStatusCode.BadGateway
                        or HttpStatusCode.ServiceUnavailable
                        or HttpStatusCode.GatewayTimeout,
            RetryAfter = answer.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero
                    ? wait
                    : TimeSpan.Zero,
                _ => null,
            },
            TraceId = Text(members, "trace_id"),
            Figures = members.Where(member => !Named.Contains(member.Key)).ToDictionary(),
        };
    }

    /// <summary>Exception for a job that ended without a file.</summary>
    public static DecantException Of(Job job) =>
        job.Error is { } error
            ? new DecantException(error.Code, error.Message) { Job = job, Retryable = Passing.Contains(error.Code) }
            : new DecantException(DecantException.JobCancelled, $"Job {job.Id} was cancelled.") { Job = job };

    private static async Task<Dictionary<string, JsonElement>> ReadMembersAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        if (
            answer.Content.Headers
            is not { ContentType.MediaType: "application/problem+json", ContentLength: null or < Longest }
        )
        {
            return [];
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(
                    body,
                    WireJson.Default.DictionaryStringJsonElement,
                    cancellationToken
                ) ?? [];
        }
        catch (JsonException)
        {
            // Cut or mangled on its way: the status alone has to tell.
            return [];
        }
    }

    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
