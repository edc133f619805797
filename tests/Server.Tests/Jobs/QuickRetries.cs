using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>A server that waits hardly at all before it tries again.</summary>
public sealed class QuickRetries<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>(
            "Jobs:RetryDelays:0=00:00:00.02",
            "Jobs:RetryDelays:1=00:00:00.03"
        );

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
