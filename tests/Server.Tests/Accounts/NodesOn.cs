using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Accounts;

/// <summary>A server where strangers may register and nothing is said on a stream without need; on PostgreSQL two nodes of it.</summary>
public sealed class NodesOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public const string SigningKey = "a signing key that all of the nodes know";

    public IReadOnlyList<DecantServer> All { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var database = await TDatabase.CreateAsync();
        string[] settings =
        [
            $"ConnectionStrings:Decant={database}",
            "Accounts:AllowSignUp=true",
            "Jobs:HeartbeatEvery=00:05:00",
            $"Jwt:SigningKey={SigningKey}",
        ];
        var first = await DecantServer.StartAsync<Sqlite>(settings);
        All = database.Length == 0 ? [first] : [first, await DecantServer.StartAsync<Sqlite>(settings)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
        {
            await node.DisposeAsync();
        }
    }
}
