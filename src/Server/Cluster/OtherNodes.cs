using Decant.Server.Background;
using Decant.Server.Data;
using Npgsql;

namespace Decant.Server.Cluster;

/// <summary>
/// Tells the nodes of the same PostgreSQL what happened here, and hears it from them, with one connection to listen at.
/// On SQLite there are no others.
/// </summary>
internal sealed class OtherNodes(IConfiguration configuration, NodeListeners listeners, LoopServices services)
    : BackgroundLoop(services)
{
    private readonly string? _connection = PostgresConnection.Of(configuration);

    /// <summary>Says something to every node, this one included.</summary>
    /// <exception cref="NpgsqlException">The database is out of reach; then the others lose it too, and look for themselves.</exception>
    public async Task TellAsync(string place, IReadOnlyCollection<string> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0 || _connection is null)
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

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection)
        {
            // A connection of its own, asked now and then whether it is still there.
            Pooling = false,
            KeepAlive = 15,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, message) => listeners.Hear(message.Channel, message.Payload);
        await connection.OpenAsync(stoppingToken);
        foreach (var place in listeners.Places)
        {
            await using var listen = new NpgsqlCommand($"LISTEN {place}", connection);
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        Succeeded();
        // Whatever was said while nobody listened.
        listeners.MissSome();

        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }
}
