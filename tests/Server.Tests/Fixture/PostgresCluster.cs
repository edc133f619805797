using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Decant.Server.Tests.Fixture;

/// <summary>The PostgreSQL of the whole test run, started when the first test wants it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> One = new(() => PostgresServer.StartAsync());

    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    /// <returns>Connection string of a new database that has the schema and no row.</returns>
    public static async Task<string> CreateDatabaseAsync() =>
        await (await One.Value).CreateDatabaseAsync(template: await Migrated.Value);

    public async ValueTask DisposeAsync()
    {
        if (One.IsValueCreated)
        {
            await (await One.Value).DisposeAsync();
        }
    }

    /// <summary>Each server would migrate a database of its own otherwise, for half a second of a core.</summary>
    private static async Task<string> MigrateAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await (await One.Value).CreateDatabaseAsync())
        {
            // What has a connection to it cannot be copied.
            Pooling = false,
        };
        await using var db = new PostgresDb(
            new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection.ConnectionString).Options
        );
        await db.MigrateAsync(CancellationToken.None);
        return connection.Database!;
    }
}
