using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Logging;

namespace Decant.Browser.Tests.Fixture;

/// <summary>Reads along in a server's log, and keeps the lines that tell a secret.</summary>
public sealed partial class WatchedLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _telling = [];
    private IExternalScopeProvider? _scopes;

    public void Read(string line)
    {
        // The link to a file is good for whoever has it: in an address it has to be, in a log it has not.
        if (Secrets.In(line) is not null || SignedLink().IsMatch(line))
        {
            _telling.Enqueue(line);
        }
    }

    /// <returns>Lines with a secret in them; each is handed out once.</returns>
    public IEnumerable<string> TakeTelling()
    {
        while (_telling.TryDequeue(out var line))
        {
            yield return line;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() { }

    [GeneratedRegex("[?&]signature=[0-9a-f]{8}", RegexOptions.None, 1000)]
    private static partial Regex SignedLink();

    private sealed class Category(WatchedLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            log.Read($"{name}: {formatter(state, exception)} {exception}");
            log._scopes?.ForEachScope((scope, read) => read.Read($"{name}, in the scope {scope}"), log);
        }
    }
}
