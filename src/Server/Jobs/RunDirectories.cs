using Decant.Server.Data;

namespace Decant.Server.Jobs;

/// <summary>Where runs work: a directory for each under <c>{data}/work</c>, gone with it.</summary>
internal sealed class RunDirectories(DataDirectory data)
{
    private readonly string _root = data.Folder("work");

    public RunDirectory Create(long jobId) =>
        new(Directory.CreateDirectory(Path.Combine(_root, $"{jobId}-{Guid.NewGuid():n}")).FullName);

    /// <summary>Deletes what a killed server left. Only before the first run: the data directory is this node's alone, so whatever is there is a dead one's.</summary>
    public void Clear()
    {
        foreach (var left in Directory.EnumerateDirectories(_root))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}

/// <param name="Path">Absolute; exists until disposed.</param>
internal sealed record RunDirectory(string Path) : IDisposable
{
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
