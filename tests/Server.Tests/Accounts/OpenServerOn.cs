using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Accounts;

/// <summary>A server where strangers may register.</summary>
public sealed class OpenServerOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>("Accounts:AllowSignUp=true");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
