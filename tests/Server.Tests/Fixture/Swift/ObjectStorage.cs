using Decant.Server.Tests.Fixture.Swift;

[assembly: AssemblyFixture(typeof(ObjectStorage))]

namespace Decant.Server.Tests.Fixture.Swift;

/// <summary>The object storage of the whole test run, started when the first test wants it.</summary>
public sealed class ObjectStorage : IAsyncDisposable
{
    private static readonly Lazy<Task<SwiftServer>> One = new(SwiftServer.StartAsync);

    public static Task<SwiftServer> Server => One.Value;

    public async ValueTask DisposeAsync()
    {
        if (One.IsValueCreated)
        {
            await (await One.Value).DisposeAsync();
        }
    }
}
