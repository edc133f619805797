using Decant.Server.Files;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Storage;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Takes what a run has made to the storage, with patience for one that is away: the file is made already.</summary>
internal sealed partial class StoredFiles(
    IStorage storage,
    FileRemovals removals,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<StoredFiles> logger
)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Stores all files of a delivery, or none.</summary>
    /// <exception cref="StorageTroubleException">The storage was away for longer than there is patience.</exception>
    public async Task PutAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (path, file) in delivery.Paths.Zip(delivery.Files.All))
            {
                await PutAsync(path, file.Key, cancellationToken);
            }
        }
        catch
        {
            await RemoveAsync(delivery);
            throw;
        }
    }

    /// <summary>Deletes the files of a delivery that is nobody's. What the storage does not delete now, the sweep finds.</summary>
    public async Task RemoveAsync(Delivery delivery)
    {
        try
        {
            foreach (var file in delivery.Files.All)
            {
                await storage.DeleteAsync(file.Key, CancellationToken.None);
            }
        }
        catch (StorageTroubleException trouble)
        {
            LogLeft(trouble.Message);
        }
    }

    public Task RemoveAllOfAsync(long jobId) => removals.RemoveAllAsync([jobId]);

    private async Task PutAsync(string path, string key, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await storage.PutAsync(path, key, cancellationToken);
                return;
            }
            catch (StorageTroubleException trouble) when (time.GetElapsedTime(began) < options.Value.Patience)
            {
                LogWaiting(trouble.Message, pause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A run waits for the storage, which is tried again in {Pause}: {Detail}")]
    private partial void LogWaiting(string detail, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "Files that are nobody's are left until the next sweep: {Detail}")]
    private partial void LogLeft(string detail);
}
