using System.Globalization;
using Decant.Server.Data;

namespace Decant.Server.Jobs.Runs;

/// <summary>Working directories of runs: one for each under <c>{data}/work</c>, gone with it.</summary>
internal sealed class RunDirectories(DataDirectory data)
{
    private readonly string _root = data.Folder("work");
    private readonly string _recordings = data.Folder("recordings");

    public RunDirectory Create(long jobId) =>
        new(Directory.CreateDirectory(Path.Combine(_root, $"{jobId}-{Guid.NewGuid():n}")).FullName);

    /// <summary>Directory of a live recording until its job has ended, whatever becomes of the runs that make it.</summary>
    public string RecordingOf(long jobId) => Path.Combine(_recordings, jobId.ToString(CultureInfo.InvariantCulture));

    public void DeleteRecordingOf(long jobId)
    {
        if (Directory.Exists(RecordingOf(jobId)))
        {
            Directory.Delete(RecordingOf(jobId), recursive: true);
        }
    }

    /// <returns>The jobs of which there is a recording.</returns>
    public IReadOnlyList<long> Recordings() =>
        [
            .. Directory
                .EnumerateDirectories(_recordings)
                // What bears no number is not ours, such as a file system's lost+found.
                .Select(path =>
                    long.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var job) ? job : 0
                )
                .Where(job => job > 0),
        ];

    /// <summary>Directories that a killed server left. Only before the first run: the data directory is this node's alone, so whatever is there is a dead one's.</summary>
    public IReadOnlyList<RunDirectory> Left() =>
        [.. Directory.EnumerateDirectories(_root, "*-*").Select(path => new RunDirectory(path))];
}

/// <param name="Path">Absolute path; exists until disposed.</param>
internal sealed record RunDirectory(string Path) : IDisposable
{
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
