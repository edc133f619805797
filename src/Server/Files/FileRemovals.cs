using System.Collections.Concurrent;
using Decant.Server.Storage;

namespace Decant.Server.Files;

/// <summary>Deletes the files of jobs that are gone. What cannot be deleted now is the janitor's, whose round tries it again.</summary>
internal sealed partial class FileRemovals(IStorage storage, ILogger<FileRemovals> logger)
{
    private const int AtOnce = 8;

    private readonly ConcurrentQueue<long> _left = new();

    /// <summary>Deletes the files of several jobs, as far as that is possible now.</summary>
    /// <remarks>Their rows are gone: nobody's hanging up may leave the files behind.</remarks>
    public Task RemoveAllAsync(IReadOnlyCollection<long> jobs) =>
        Parallel.ForEachAsync(
            jobs,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = CancellationToken.None },
            async (job, token) => await TryRemoveAsync(job, token)
        );

    /// <summary>Deletes the files of a job, or remembers it.</summary>
    /// <exception cref="Exception">They could not be deleted.</exception>
    public async Task RemoveAllOfAsync(long jobId, CancellationToken cancellationToken)
    {
        try
        {
            await storage.DeleteAllOfAsync(jobId, cancellationToken);
        }
        catch
        {
            _left.Enqueue(jobId);
            throw;
        }
    }

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

    private async Task TryRemoveAsync(long jobId, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAllOfAsync(jobId, cancellationToken);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or StorageTroubleException)
        {
            LogUndeleted(exception, jobId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The files of job {JobId}, which is gone, could not be deleted")]
    private partial void LogUndeleted(Exception exception, long jobId);
}
