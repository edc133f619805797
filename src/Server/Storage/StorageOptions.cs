using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Storage;

/// <summary>Settings under <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>Directory of the finished files; null is <c>files</c> under the data directory. Not with S3.</summary>
    public string? Path { get; init; }

    /// <summary>Whether all nodes of the database reach the same <see cref="Path"/>, such as a network file system. Without it only one node may run on local storage.</summary>
    public bool IsShared { get; init; }

    /// <summary>Longest wait of a job's end for a storage that is out of reach, before the attempt fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Interval at which files are looked for that belong to no job: a run that was killed between storing and ending left them.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Age from which such a file is nobody's; a job ends much sooner after storing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromDays(1);
}
