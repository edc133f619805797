using Decant.Engine.Egress;
using Decant.Engine.Extracting.YtDlp;
using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The real extractor behind the real gate, with the lab for its internet.</summary>
public sealed class ExtractorFixture : IAsyncLifetime
{
    private EgressGate? _gate;
    private Extractor? _extractor;

    public LabInternet Lab { get; private set; } = null!;
    internal Extractor Extractor => _extractor!;

    public Uri On(string path) => new(Lab.PublicOrigin, path);

    /// <summary>Another extractor on the same gate.</summary>
    internal Extractor Create(EngineOptions options) =>
        new(
            options with
            {
                ExtractorIndexFolder = LabEngine.ExtractorIndexFor(options.ExtractorFolder),
            },
            _gate!,
            TimeProvider.System,
            NullLogger<Extractor>.Instance
        );

    public async ValueTask InitializeAsync()
    {
        Lab = await LabInternet.StartAsync(new LabOptions(), default);
        _gate = new EgressGate(
            new EgressOptions { Proxy = Lab.Proxy, CaFile = Lab.CaFile },
            NullLoggerFactory.Instance
        );
        _extractor = Create(new EngineOptions());
        await _extractor.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _extractor!.DisposeAsync();
        await _gate!.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
