using System.Globalization;
using Npgsql;

namespace Decant.Server.Jobs;

/// <summary>Tells the other nodes of the same PostgreSQL which jobs changed here, and hears it from them. On SQLite there are none.</summary>
internal sealed partial class OtherNodes(
    IConfiguration configuration,
    JobChanges changes,
    TimeProvider time,
    ILogger<OtherNodes> logger
) : BackgroundService
{
    /// <summary>PostgreSQL's own name for where it is said.</summary>
    private const string Place = "decant_jobs";

    /// <summary>A message has 8,000 bytes, and a number at most 20 of them.</summary>
    private const int MostAtOnce = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string? _connection = configuration.GetConnectionString("Decant");
    private readonly string _self = Guid.NewGuid().ToString("N");

    /// <exception cref="NpgsqlException">The database is out of reach; then the others lose it too, and look for themselves.</exception>
    public async Task TellAsync(IReadOnlyCollection<long> jobIds, CancellationToken cancellationToken)
    {
        if (jobIds.Count == 0 || string.IsNullOrWhiteSpace(_connection))
        {
            return;
        }

        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        foreach (var some in jobIds.Chunk(MostAtOnce))
        {
            await using var tell = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = Place },
                    new NpgsqlParameter { Value = $"{_self}:{string.Join(',', some)}" },
                },
            };
            await tell.ExecuteNonQueryAsync(cancellationToken);
        }
    }

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
        connection.Notification += (_, message) => Hear(message.Payload);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Place}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // Whatever was said while nobody listened.
        changes.MissSome();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Hear(string message)
    {
        if (message.Split(':') is not [var node, var ids] || node == _self)
        {
            return;
        }

        foreach (var id in ids.Split(','))
        {
            changes.Hear(long.Parse(id, CultureInfo.InvariantCulture));
        }
    }

    [LoggerMessage(LogLevel.Warning, "What other nodes say of their jobs cannot be heard just now")]
    private partial void LogLost(Exception exception);
}
