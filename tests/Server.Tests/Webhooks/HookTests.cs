using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Webhooks;

/// <summary>An account and a receiver of its webhooks, of each test's own.</summary>
public abstract class HookTests(DecantServer server) : IAsyncLifetime
{
    protected DecantServer Server { get; } = server;

    protected HttpClient Http { get; private set; } = null!;

    private protected Receiver Receiver { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Http = await Server.NewClientAsync();
        Receiver = await Receiver.StartAsync(Server.Lab);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await Receiver.DisposeAsync();
    }
}
