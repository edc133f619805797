using Decant.Server.Background;
using Npgsql;

namespace Decant.Server.Cluster;

/// <summary>
/// Tells the nodes of the same PostgreSQL what happened here, and hears it from them, with one connection to listen at.
/// On SQLite there are no others.
/// </summary>
internal sealed class OtherNodes(
    IConfiguration configuration,
    IEnumerable<INodeListener> listeners,
    LoopServices services
) : BackgroundLoop(services)
{
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

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection)
        {
            // A connection of its own, asked now and then whether it is still there.
            Pooling = false,
            KeepAlive = 15,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, message) => Hear(message.Channel, message.Payload);
        await connection.OpenAsync(stoppingToken);
        foreach (var place in _listeners.Keys)
        {
            await using var listen = new NpgsqlCommand($"LISTEN {place}", connection);
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        Succeeded();
        foreach (var listener in _listeners.Values)
        {
            // Whatever was said while nobody listened.
            listener.MissSome();
        }

        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }
}
