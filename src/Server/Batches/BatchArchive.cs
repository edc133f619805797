using Decant.Engine;
using Decant.Server.Batches.Zip;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Storage;

namespace Decant.Server.Batches;

/// <summary>Picks what goes into a batch's archive, and names it.</summary>
internal sealed class BatchArchive(LocalStorage storage)
{
    /// <returns>The finished files that are kept, media, thumbnails and subtitles, under names that are unique wherever they are unpacked.</returns>
    public IReadOnlyList<ArchivedFile> FilesOf(IReadOnlyList<Job> jobs)
    {
        // Some file systems tell no capitals apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var files = new List<ArchivedFile>();
        foreach (var job in jobs)
        {
            foreach (var file in job.KeptFiles?.All ?? [])
            {
                Add(job, file);
            }
        }

        return files;

        void Add(Job job, JobFile kept)
        {
            if (storage.Find(kept.Key) is { } file)
            {
                var extension = kept.SaveExtension;
                var name = Unique(SaveName.Of(job, extension), extension, taken);
                files.Add(new ArchivedFile(name, file.Length, job.CompletedAt ?? job.CreatedAt, () => Open(file)));
            }
        }
    }

    public static string NameOf(Guid id, IReadOnlyList<Job> jobs) =>
        FileName.Clean(BatchViews.TitleOf(jobs) ?? $"batch-{id}", "zip");

    /// <summary>The second of a name becomes <c>name.2.mp4</c>, which fits however long the name is.</summary>
    private static string Unique(string name, string extension, HashSet<string> taken)
    {
        var stem = name[..^(extension.Length + 1)];
        for (var number = 2; !taken.Add(name); number++)
        {
            name = FileName.Clean(stem, $"{number}.{extension}");
        }

        return name;
    }

    private static FileStream Open(FileInfo file) =>
        new(
            file.FullName,
            new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );
}
