using System.Runtime.CompilerServices;
using Decant.Server.Data;
using Microsoft.Extensions.Options;

namespace Decant.Server.Storage;

/// <summary>Finished files in a directory: of this node's own, or on a file system that all nodes share.</summary>
internal sealed class LocalStorage(DataDirectory directory, IOptions<StorageOptions> options) : IStorage
{
    /// <summary>Ends the name of a file that is not whole yet.</summary>
    private const string Coming = ".part";

    private readonly string _root = string.IsNullOrEmpty(options.Value.Path)
        ? directory.Folder("files")
        : OwnFiles.CreateUsualDirectory(options.Value.Path).FullName;

    public string Place => $"directory {_root}";

    /// <summary>A directory outside the data directory, where other programs of the operator's may read.</summary>
    private readonly bool _isShared = !string.IsNullOrEmpty(options.Value.Path);

    public async Task PutAsync(string path, string key, CancellationToken cancellationToken)
    {
        var target = PathOf(key);
        var folder = Path.GetDirectoryName(target)!;
        _ = _isShared ? OwnFiles.CreateUsualDirectory(folder) : Directory.CreateDirectory(folder);
        try
        {
            // Under another name first: on another file system this is a copy, which a crash may break off.
            File.Move(path, target + Coming);
            // Bytes first, name second: after a power cut there is the whole file or none, and a client pays for a job
            // only once its file would survive one. The name itself is safe no later than the commit that follows, which
            // flushes the same file system's journal.
            await using (
                var file = new FileStream(target + Coming, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)
            )
            {
                await Task.Run(() => file.Flush(flushToDisk: true), cancellationToken);
            }

            if (_isShared)
            {
                OwnFiles.OpenAsUsual(new FileInfo(target + Coming));
            }

            File.Move(target + Coming, target);
        }
        catch
        {
            File.Delete(target + Coming);
            throw;
        }
    }

    public Task<StoredContent?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<StoredContent?>(new LocalContent(PathOf(key)));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<StoredContent?>(null);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (File.Exists(PathOf(key)))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
    }

    public Task DeleteAllOfAsync(long jobId, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(_root, StorageKey.FolderOf(jobId))))
        {
            foreach (var file in Directory.EnumerateFiles(_root, $"{StorageKey.PrefixOf(jobId)}*"))
            {
                File.Delete(file);
            }
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var file in Olds("*", before).Where(file => StorageKey.JobOf(KeyOf(file)) is not null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return KeyOf(file);
        }

        await Task.CompletedTask;
    }

    public Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var file in Olds($"*{Coming}", before))
        {
            file.Delete();
        }

        return Task.CompletedTask;
    }

    public async Task<string> IdentifyAsync(string proposed, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_root, StorageKey.Identity);
        if (!File.Exists(path))
        {
            var making = $"{path}.{proposed}";
            await File.WriteAllTextAsync(making, proposed, cancellationToken);
            File.Move(making, path, overwrite: true);
        }

        // Read again: of two nodes that start at once one has the last word.
        return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
    }

    public Uri? Presign(string key, DirectAnswer answer) => null;

    private IEnumerable<FileInfo> Olds(string pattern, DateTimeOffset before) =>
        new DirectoryInfo(_root)
            .EnumerateFiles(pattern, SearchOption.AllDirectories)
            .Where(file => file.LastWriteTimeUtc < before.UtcDateTime);

    private string KeyOf(FileInfo file) => Path.GetRelativePath(_root, file.FullName);

    private string PathOf(string key) => Path.Combine(_root, key);
}
