using Decant.Engine;
using Decant.Server.Batches.Zip;
using Decant.Server.Errors;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Storage;

namespace Decant.Server.Batches;

/// <summary>Picks what goes into a batch's archive, and names it.</summary>
internal sealed class BatchArchive(IStorage storage)
{
    private const int AtOnce = 8;

    /// <returns>The finished files that are kept, media, thumbnails and subtitles, under names that are unique wherever they are unpacked.</returns>
    /// <exception cref="ApiException">A file is missing: an archive is whole or is not made.</exception>
    public async Task<IReadOnlyList<ArchivedFile>> FilesOfAsync(
        IReadOnlyList<Job> jobs,
        CancellationToken cancellationToken
    )
    {
        var kept = jobs.SelectMany(job => (job.KeptFiles?.All ?? []).Select(file => (Job: job, File: file))).ToList();
        var lengths = new long[kept.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, kept.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                await using var content = await OpenAsync(kept[index].Job, kept[index].File, token);
                lengths[index] = content.Length;
            }
        );

        // Some file systems tell no capitals apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. kept.Zip(lengths).Select(one => Describe(one.First.Job, one.First.File, one.Second, taken))];
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

    private ArchivedFile Describe(Job job, JobFile file, long length, HashSet<string> taken) =>
        new(
            Unique(SaveName.Of(job, file.SaveExtension), file.SaveExtension, taken),
            length,
            job.CompletedAt ?? job.CreatedAt,
            token => ReadAsync(job, file, token)
        );

    private async Task<Stream> ReadAsync(Job job, JobFile file, CancellationToken cancellationToken)
    {
        var content = await OpenAsync(job, file, cancellationToken);
        return await content.ReadAsync(0, content.Length, cancellationToken);
    }

    private async Task<StoredContent> OpenAsync(Job job, JobFile file, CancellationToken cancellationToken) =>
        await storage.OpenAsync(file.Key, cancellationToken)
        ?? throw new ApiException(
            ApiError.NotFound,
            $"The file {file.LinkName(job.Id)} of job {job.Id} is not there any more, so the archive would lack it."
        );
}
