using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

#pragma warning disable MA0047, CA1050 // .NET finds a startup hook by this name without a namespace.

/// <summary>
/// Loaded into the real server by DOTNET_STARTUP_HOOKS: kills it, as the kernel would, right after the n-th statement that
/// writes in a transaction, or commit of one. Counting begins with the first command that has a certain text in it, or as a
/// parameter. So the server needs no hook of its own.
/// </summary>
internal static class StartupHook
{
    public const string From = "DECANT_TEST_CRASH_FROM";
    public const string At = "DECANT_TEST_CRASH_AT";

    /// <summary>Set: the server stops itself, as soon as it listens.</summary>
    public const string Stop = "DECANT_TEST_STOP";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Stop) is not null)
        {
            DiagnosticListener.AllListeners.Subscribe(new Sources("Microsoft.Extensions.Hosting", new Stopper()));
            return;
        }

        var from = Environment.GetEnvironmentVariable(From);
        var at = Environment.GetEnvironmentVariable(At);
        if (from is not null && at is not null)
        {
            DiagnosticListener.AllListeners.Subscribe(
                new Sources(
                    "Microsoft.EntityFrameworkCore",
                    new Killer(from, int.Parse(at, CultureInfo.InvariantCulture))
                )
            );
        }
    }

    private sealed class Stopper : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilt", Value: IHost host })
            {
                var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
                lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Sources(string name, IObserver<KeyValuePair<string, object?>> observer)
        : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == name)
            {
                value.Subscribe(observer);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Killer(string from, int at) : IObserver<KeyValuePair<string, object?>>
    {
        private readonly Lock _lock = new();
        private bool _counting;
        private int _steps;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            lock (_lock)
            {
                var command = (value.Value as CommandExecutedEventData)?.Command;
                _counting |= command is not null && IsMarked(command);
                var isStep =
                    command is { Transaction: not null }
                        && !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
                    || value.Key == RelationalEventId.TransactionCommitted.Name;
                if (_counting && isStep && ++_steps == at)
                {
                    Process.GetCurrentProcess().Kill();
                }
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        private bool IsMarked(DbCommand command) =>
            command.CommandText.Contains(from, StringComparison.Ordinal)
            || command.Parameters.Cast<DbParameter>().Any(parameter => parameter.Value as string == from);
    }
}
