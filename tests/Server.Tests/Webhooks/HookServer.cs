using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Webhooks;

/// <summary>A server that sends what is due at once and waits hardly at all between attempts.</summary>
public sealed class HookServer<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>([
            .. Hooks.Quick,
            "PublicBaseUrl=https://media.example.org",
            "Webhooks:MaxPerAccount=3",
        ]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class HookServers<TDatabase> : ICollectionFixture<HookServer<TDatabase>>
    where TDatabase : ITestDatabase;
