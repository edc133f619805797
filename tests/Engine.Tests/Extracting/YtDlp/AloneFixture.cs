using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Extractors as <c>get</c> has them, with an index that an earlier one made; and a warm one to compare them with.</summary>
public sealed class AloneFixture : IAsyncLifetime
{
    private readonly ScratchDirectory _index = ScratchDirectory.Create("index");

    internal PlainFixture Plain { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Plain.InitializeAsync();
        await using var earlier = CreateAlone();
        await earlier.StartAsync(default);
    }

    internal Extractor CreateAlone(string? folder = null) =>
        Plain.Create(
            new EngineOptions
            {
                IsForOne = true,
                ExtractorIndexFolder = _index.Path,
                ExtractorFolder = folder,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        _index.Dispose();
    }
}
