using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Server.Hosting.Logs;

/// <summary>Subject of a log line: the job, the account and the trace, from its own words or from its scopes.</summary>
internal readonly record struct LogFields(object? Job, object? Account, object? Trace)
{
    public static LogFields Of<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        var found = new Found();
        scopes?.ForEachScope(static (scope, into) => into.Take(scope), found);
        found.Take(entry.State);
        return new LogFields(found.Job, found.Account, found.Trace);
    }

    private sealed class Found
    {
        public object? Job { get; private set; }
        public object? Account { get; private set; }
        public object? Trace { get; private set; }

        /// <summary>The innermost has the last word.</summary>
        public void Take(object? said)
        {
            if (said is not IEnumerable<KeyValuePair<string, object?>> fields)
            {
                return;
            }

            foreach (var (name, value) in fields)
            {
                switch (name)
                {
                    case "JobId":
                        Job = value;
                        break;
                    case "AccountId":
                        Account = value;
                        break;
                    case "TraceId":
                        Trace = value;
                        break;
                }
            }
        }
    }
}
