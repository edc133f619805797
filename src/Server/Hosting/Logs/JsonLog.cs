using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Decant.Server.Hosting.Logs;

/// <summary>Log lines for programs: one JSON object a line.</summary>
internal sealed class JsonLog(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "json";

    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var fields = LogFields.Of(logEntry, scopeProvider);
        textWriter.WriteLine(
            JsonSerializer.Serialize(
                new Line(
                    time.GetUtcNow(),
                    logEntry.LogLevel.ToString().ToLowerInvariant(),
                    logEntry.Category,
                    logEntry.EventId.Id,
                    LogText.Plain(logEntry.Formatter(logEntry.State, logEntry.Exception)),
                    fields.Job?.ToString(),
                    fields.Account?.ToString(),
                    fields.Trace?.ToString(),
                    logEntry.Exception is { } exception ? LogText.Plain(exception.ToString()) : null
                ),
                Json
            )
        );
    }

    private sealed record Line(
        DateTimeOffset Time,
        string Level,
        string Category,
        int Event,
        string Message,
        string? Job,
        string? Account,
        string? Trace,
        string? Exception
    );
}
