using Decant.Engine.Sources;
using Decant.Server.Files;
using Decant.Server.Jobs.Transitions;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Makes the files of a job, in a directory of the run's own, and stores them.</summary>
internal sealed class JobDelivery(
    RunWork work,
    StoredFiles stored,
    RunDirectories directories,
    RunProgresses progresses,
    IOptions<FilesOptions> files,
    TimeProvider time
)
{
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="page">Page of the medium, with the account's cookies.</param>
    /// <param name="run">Source of the token that ends the run; cancelled from here when the job is no longer the run's.</param>
    /// <exception cref="Engine.Errors.MediaException">The source, or what came of it, is not good, or more than may be.</exception>
    /// <exception cref="Errors.ApiException">What came costs more than the purse bears.</exception>
    public async Task<Delivery> MakeAsync(Job job, SourcePage page, CancellationTokenSource run)
    {
        if (job.Attempts > 1)
        {
            // What a run that was killed between storing and committing left behind.
            await stored.RemoveAllOfAsync(job.Id);
        }

        using var directory = directories.Create(job.Id);
        using var watching = new CancellationTokenSource();
        using var progress = progresses.Begin(job, run);
        var watch = progress.WatchAsync(watching.Token);
        try
        {
            var made = await work.MakeAsync(job, page, directory.Path, progress, run.Token);
            await progress.EnsureAsync(made, run.Token);
            progress.ReportStoring();
            var delivery = Delivery.Of(job.Id, made, time.GetUtcNow() + files.Value.TimeToLive);
            if (job.BatchId is not null)
            {
                delivery = await CheckSums.AddToAsync(delivery, run.Token);
            }

            await stored.PutAsync(delivery, run.Token);
            return delivery;
        }
        catch (Exception) when (progress.IsRefused)
        {
            // However the run took it that it was ended from here.
            progress.ThrowRefusal();
            throw;
        }
        finally
        {
            progress.StopTicking();
            await watching.CancelAsync();
            await watch;
        }
    }

    /// <summary>Removes files that turned out to be nobody's.</summary>
    public Task DiscardAsync(Delivery delivery) => stored.RemoveAsync(delivery);

    public async Task DiscardAllOfAsync(long jobId)
    {
        await stored.RemoveAllOfAsync(jobId);
        DiscardRecordingOf(jobId);
    }

    /// <summary>Deletes a recording whose file is safe, or that nobody wants any more.</summary>
    public void DiscardRecordingOf(long jobId) => directories.DeleteRecordingOf(jobId);
}
