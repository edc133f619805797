using Decant.Server.Tests.Fixture;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Decant.Server.Tests.Fixture;

/// <summary>The PostgreSQL of the whole test run, started when the first test wants it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> One = new(() => PostgresServer.StartAsync());

    /// <returns>Connection string of a new, empty database.</returns>
    public static async Task<string> CreateDatabaseAsync() => await (await One.Value).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (One.IsValueCreated)
        {
            await (await One.Value).DisposeAsync();
        }
    }
}
