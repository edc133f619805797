using System.Collections.Concurrent;
using System.Security.Cryptography;
using Decant.Server.Data;

namespace Decant.Server.Storage;

/// <summary>Finished files on the local disk, under <c>{data}/files</c>.</summary>
internal sealed class LocalStorage(DataDirectory directory)
{
    private const int Folders = 256;

    private readonly string _root = directory.Folder("files");
    private readonly ConcurrentQueue<long> _left = new();

    /// <summary>Where a file of a job goes. Made of numbers alone: nothing of a title or a URL ever becomes part of a path.</summary>
    public static string NewKey(long jobId, string extension) =>
        $"{Folder(jobId)}/{jobId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{extension}";

    /// <summary>Moves a file in. When this returns, its bytes are on the disk and the whole file is there under its key.</summary>
    public async Task PutAsync(string path, string key, CancellationToken cancellationToken)
    {
        // Bytes first, name second: after a power cut there is the whole file or none, and a client pays for a job only
        // once its file would survive one. The name itself is safe no later than the commit that follows, which flushes
        // the same file system's journal.
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            await Task.Run(() => file.Flush(flushToDisk: true), cancellationToken);
        }

        var target = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(path, target);
    }

    /// <returns>Null where there is no such file (any more).</returns>
    public FileInfo? Find(string key)
    {
        var file = new FileInfo(PathOf(key));
        return file.Exists ? file : null;
    }

    /// <summary>Deletes whatever is kept for a job, what a crashed run left included.</summary>
    public void DeleteAllOf(long jobId)
    {
        var folder = Path.Combine(_root, Folder(jobId));
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, $"{jobId}-*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Remembers a job that is gone, and whose files could not be deleted.</summary>
    public void Leave(long jobId) => _left.Enqueue(jobId);

    /// <returns>The jobs that were left; their files are the caller's to delete or to leave again.</returns>
    public IReadOnlyList<long> TakeLeft()
    {
        var taken = new List<long>();
        while (_left.TryDequeue(out var jobId))
        {
            taken.Add(jobId);
        }

        return taken;
    }

    /// <summary>Deletes a file, if it is there.</summary>
    public void Delete(string key) => Find(key)?.Delete();

    private string PathOf(string key) => Path.Combine(_root, key);

    private static string Folder(long jobId) => (jobId % Folders).ToString("x2");
}
