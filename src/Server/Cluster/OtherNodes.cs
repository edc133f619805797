using Npgsql;

namespace Decant.Server.Cluster;

/// <summary>
/// Tells the nodes of the same PostgreSQL what happened here, and hears it from them, with one connection to listen at.
/// On SQLite there are no others.
/// </summary>
internal sealed partial class OtherNodes(
    IConfiguration configuration,
    IEnumerable<INodeListener> listeners,
    TimeProvider time,
    ILogger<OtherNodes> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string? _connection = configuration.GetConnectionString("Decant");
    private readonly Dictionary<string, INodeListener> _listeners = listeners.ToDictionary(one => one.Place);

    /// <summary>Says something to every node, this one included.</summary>
    /// <exception cref="NpgsqlException">The database is out of reach; then the others lose it too, and look for themselves.</exception>
    public async Task TellAsync(string place, IReadOnlyCollection<string> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0 || string.IsNullOrWhiteSpace(_connection))
        {
            return;
        }

        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        foreach (var message in messages)
        {
            await using var tell = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = place },
                    new NpgsqlParameter { Value = message },
                },
            };
            await tell.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Something was said, here or elsewhere.</summary>
    public void Hear(string place, string message) => _listeners[place].Hear(message);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(_connection))
        {
            return;
        }

        try
        {
            while (true)
            {
                try
                {
                    await ListenAsync(stoppingToken);
                }
                catch (NpgsqlException exception)
                {
                    LogLost(exception);
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection)
        {
            // A connection of its own, asked now and then whether it is still there.
            Pooling = false,
            KeepAlive = 15,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, message) => Hear(message.Channel, message.Payload);
        await connection.OpenAsync(cancellationToken);
        foreach (var place in _listeners.Keys)
        {
            await using var listen = new NpgsqlCommand($"LISTEN {place}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var listener in _listeners.Values)
        {
            // Whatever was said while nobody listened.
            listener.MissSome();
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What the other nodes say cannot be heard just now")]
    private partial void LogLost(Exception exception);
}
