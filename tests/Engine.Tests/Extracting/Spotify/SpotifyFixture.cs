using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.Spotify;

/// <summary>Whole engines with the lab for their internet: one that reads Spotify's public pages, one with credentials.</summary>
public sealed class SpotifyFixture : IAsyncLifetime
{
    public LabInternet Lab { get; private set; } = null!;
    public MediaEngine Engine { get; private set; } = null!;
    public MediaEngine WithCredentials { get; private set; } = null!;

    public static MediaEngine Create(LabInternet lab, SpotifyCredentials? credentials) =>
        new(
            new EngineOptions
            {
                Egress = new EgressOptions { Proxy = lab.Proxy, CaFile = lab.CaFile },
                Spotify = credentials,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

    public async ValueTask InitializeAsync()
    {
        Lab = await LabInternet.StartAsync(new LabOptions(), default);
        Engine = Create(Lab, credentials: null);
        WithCredentials = Create(Lab, new SpotifyCredentials("lab-client", "lab-secret"));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await WithCredentials.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
