using System.IO.Hashing;
using System.Text;
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
        var bytes = new (long Length, uint Crc)[kept.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, kept.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var (job, file) = kept[index];
                await using var content = await OpenAsync(job, file, token);
                bytes[index] = (content.Length, file.Crc32 ?? await SumAsync(content, token));
            }
        );

        // Some file systems tell no capitals apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. kept.Zip(bytes).Select(one => Describe(one.First.Job, one.First.File, one.Second, taken))];
    }

    public static string NameOf(Guid id, IReadOnlyList<Job> jobs) =>
        FileName.Clean(BatchViews.TitleOf(jobs) ?? $"batch-{id}", "zip");

    /// <summary>Key of what an archive holds at this time, for its <c>ETag</c>: another file in it, or another name, is another archive.</summary>
    public static string KeyOf(Guid id, IReadOnlyList<ArchivedFile> files)
    {
        var hash = new XxHash128();
        foreach (var file in files)
        {
            hash.Append(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Length}\n{file.Crc}\n{file.Time.Ticks}\n"));
        }

        return $"{id:N}-{Convert.ToHexStringLower(hash.GetCurrentHash())}";
    }

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

    private ArchivedFile Describe(Job job, JobFile file, (long Length, uint Crc) bytes, HashSet<string> taken) =>
        new(
            Unique(SaveName.Of(job, file.SaveExtension), file.SaveExtension, taken),
            bytes.Length,
            bytes.Crc,
            job.CompletedAt ?? job.CreatedAt,
            token => OpenAsync(job, file, token)
        );

    private static async Task<uint> SumAsync(StoredContent content, CancellationToken cancellationToken)
    {
        var sum = new Crc32();
        await sum.AppendAsync(await content.ReadAsync(0, content.Length, cancellationToken), cancellationToken);
        return sum.GetCurrentHashAsUInt32();
    }

    private async Task<StoredContent> OpenAsync(Job job, JobFile file, CancellationToken cancellationToken) =>
        await storage.OpenAsync(file.Key, cancellationToken)
        ?? throw new ApiException(
            ApiError.NotFound,
            $"The file {file.LinkName(job.Id)} of job {job.Id} is not there any more, so the archive would lack it."
        );
}
