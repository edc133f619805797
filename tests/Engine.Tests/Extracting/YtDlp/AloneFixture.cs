using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Extractors as <c>get</c> and servers have them, with an index that an earlier one made; and a warm one to compare them with.</summary>
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

    internal string IndexFolder => _index.Path;

    internal Extractor CreateAlone() => CreateAlone(null, IndexFolder);

    /// <param name="folder">Of the extractor; null for the machine's own.</param>
    /// <param name="index">Of the index, to which a start with another extractor's puts its own.</param>
    internal Extractor CreateAlone(string? folder, string index) => Create(folder, index, isForOne: true);

    /// <inheritdoc cref="CreateAlone(string?, string)"/>
    internal Extractor CreateServers(string? folder, string index) => Create(folder, index, isForOne: false);

    /// <summary>Copies the index into another folder.</summary>
    internal void CopyIndex(string folder)
    {
        foreach (var file in Directory.GetFiles(_index.Path, "extractors-*.json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private Extractor Create(string? folder, string index, bool isForOne) =>
        Plain.Create(
            new EngineOptions
            {
                IsForOne = isForOne,
                ExtractorIndexFolder = index,
                ExtractorFolder = folder,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        _index.Dispose();
    }
}
