namespace Decant.Bench;

/// <summary>A directory that goes when the bench ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("decant-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
