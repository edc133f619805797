using Decant.Engine.Egress;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Tests.Egress;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>A warm extractor that reaches 127.0.0.1, where an origin answers as it is told; and 127.0.0.2, which it must not reach.</summary>
public sealed class PlainFixture : IAsyncLifetime
{
    private readonly EgressGate _gate = Gates.Open();
    private Origin? _origin;
    private Origin? _inside;
    private Extractor? _extractor;

    internal Extractor Extractor => _extractor!;
    internal Origin Origin => _origin!;
    internal Origin Inside => _inside!;

    public async ValueTask InitializeAsync()
    {
        _origin = await PlainOrigin.StartAsync();
        _inside = await PlainOrigin.StartAsync("127.0.0.2");
        _extractor = Create(new EngineOptions());
        await _extractor.StartAsync(default);
    }

    internal Extractor Create(EngineOptions options) =>
        new(options, _gate, TimeProvider.System, NullLogger<Extractor>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _extractor!.DisposeAsync();
        await _origin!.DisposeAsync();
        await _inside!.DisposeAsync();
        await _gate.DisposeAsync();
    }
}
