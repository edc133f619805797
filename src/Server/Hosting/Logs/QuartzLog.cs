using Decant.Server.Data;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting.Logs;

/// <summary>
/// The console, with a sentence in place of the stack trace where Quartz reports a database in trouble: its store, its
/// cluster and its look-out for misfires each try again every few seconds, and fail alike.
/// </summary>
[ProviderAlias("Console")]
internal sealed class QuartzLog(IOptionsMonitor<ConsoleLoggerOptions> options, IEnumerable<ConsoleFormatter> formatters)
    : ILoggerProvider,
        ISupportExternalScope
{
    private readonly ConsoleLoggerProvider _console = new(options, formatters);

    public ILogger CreateLogger(string categoryName)
    {
        var logger = _console.CreateLogger(categoryName);
        return categoryName.StartsWith("Quartz", StringComparison.Ordinal) ? new Brief(logger) : logger;
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _console.SetScopeProvider(scopeProvider);

    public void Dispose() => _console.Dispose();

    private sealed class Brief(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (exception is null || DatabaseTrouble.Of(exception) is not { } trouble)
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            var detail = exception.GetBaseException().Message;
            inner.Log(
                LogLevel.Warning,
                eventId,
                state,
                null,
                (said, _) => $"{FirstLine(formatter(said, exception))} {trouble.Message} ({detail})"
            );
        }

        /// <summary>First line of a message: Quartz puts whole exceptions into its messages, traces and all.</summary>
        private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd();
    }
}
