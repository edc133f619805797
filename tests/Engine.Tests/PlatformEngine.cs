using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests;

/// <summary>A lab and an engine that reaches its platforms under their own names.</summary>
public sealed class PlatformEngine : IAsyncLifetime
{
    public LabInternet Lab { get; private set; } = null!;
    public MediaEngine Engine { get; private set; } = null!;

    /// <summary>An address of the lab's origin, under the name that the gate lets pass.</summary>
    public string On(string path) => new Uri(Lab.PublicOrigin, path).AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabInternet.StartAsync(new LabOptions(), CancellationToken.None);
        Engine = new MediaEngine(
            new EngineOptions
            {
                Egress = new EgressOptions { Proxy = Lab.Proxy, CaFile = Lab.CaFile },
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await Engine.StartAsync([], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
