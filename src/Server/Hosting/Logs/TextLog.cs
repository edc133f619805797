using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Decant.Server.Hosting.Logs;

/// <summary>Log lines for people: time, level, sentence, and in brackets what it is about.</summary>
internal sealed class TextLog(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "text";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var fields = LogFields.Of(logEntry, scopeProvider);
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write($"{Short(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] ");
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        string?[] about =
        [
            fields.Job is { } job ? $"job {job}" : null,
            fields.Account is { } account ? $"account {account}" : null,
            fields.Trace is { } trace ? $"trace {trace}" : null,
        ];
        if (about.Any(one => one is not null))
        {
            textWriter.Write($" [{string.Join(", ", about.OfType<string>())}]");
        }

        if (logEntry.Exception is { } exception)
        {
            textWriter.Write($" {OneLine(exception.ToString())}");
        }

        textWriter.WriteLine();
    }

    /// <summary>A line is a line: what a stranger's page says cannot begin another, nor speak to the terminal.</summary>
    private static string OneLine(string text) =>
        string.Create(
            text.Length,
            text,
            (line, all) =>
            {
                for (var at = 0; at < all.Length; at++)
                {
                    line[at] = LogText.IsPlain(all[at]) && !char.IsControl(all[at]) ? all[at] : ' ';
                }
            }
        );

    private static string Short(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
