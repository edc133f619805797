using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Server.Data;
using Decant.Server.Downloads;
using Decant.Server.Files;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs;

/// <summary>Makes what a job promises, in a directory of the run's own, and stores it.</summary>
internal sealed class JobDelivery(
    MediaEngine engine,
    MediaLimits limits,
    LocalStorage storage,
    RunDirectories directories,
    IDbContextFactory<DecantDb> databases,
    JobChanges changes,
    IOptions<FilesOptions> files,
    TimeProvider time
)
{
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="runId">Who owns it.</param>
    /// <param name="run">Ends the run; cancelled from here when the job is no longer the run's.</param>
    /// <exception cref="Engine.Errors.MediaException">The source, or what came of it, is not good.</exception>
    public async Task<Delivery> MakeAsync(Job job, string runId, CancellationTokenSource run)
    {
        // What a run that was killed between storing and committing left behind.
        storage.DeleteAllOf(job.Id);
        using var directory = directories.Create(job.Id);
        using var watching = new CancellationTokenSource();
        using var closing = new CancellationTokenSource();
        var progress = new RunProgress(databases, changes, time, job, runId, run, closing);
        var watch = progress.WatchAsync(watching.Token);
        try
        {
            var result = await ExtractAsync(job, directory.Path, progress, closing.Token, run.Token);
            progress.ReportStoring();
            return await StoreAsync(job.Id, result, run.Token);
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    /// <summary>Removes what turned out to be nobody's any more.</summary>
    public void Discard(Delivery delivery)
    {
        storage.Delete(delivery.FileKey);
        if (delivery.ThumbnailKey is { } thumbnail)
        {
            storage.Delete(thumbnail);
        }
    }

    public void DiscardAllOf(long jobId)
    {
        storage.DeleteAllOf(jobId);
        DiscardRecordingOf(jobId);
    }

    /// <summary>What was made of it is safe, or nobody wants it any more.</summary>
    public void DiscardRecordingOf(long jobId) => directories.DeleteRecordingOf(jobId);

    private async Task<ExtractionResult> ExtractAsync(
        Job job,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        var isPublic = job.AccountId is null;
        var url = SourceUrl.Parse(job.Url);
        var output = limits.Output(job.Request, isPublic) with { Title = job.CustomTitle };
        if (job.Request.Recording is { } wish)
        {
            var recording = new RecordingRequest
            {
                Directory = directories.RecordingOf(job.Id),
                MaxDuration = TimeSpan.FromSeconds(wish.MaxDuration),
                FromStart = wish.FromStart,
            };
            return await engine.RecordAsync(url, output, recording, directory, progress, close, cancellationToken);
        }

        if (job.Attempts > 1)
        {
            // What failed may be an address of the media that was remembered and has expired: have the page tell a new one.
            await engine.InspectAsync(url, new InspectOptions { BypassCache = true }, cancellationToken);
        }

        var result = await engine.RunAsync(url, output, directory, progress, cancellationToken);
        if (job.EstimatedDuration is null)
        {
            // A length that nobody announced could not be refused before.
            limits.EnsureLength(result.Duration, isPublic);
        }

        return result;
    }

    private async Task<Delivery> StoreAsync(long jobId, ExtractionResult result, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(
            result,
            LocalStorage.NewKey(jobId, result.Container.Name),
            result.ThumbnailPath is null ? null : LocalStorage.NewKey(jobId, "jpg"),
            time.GetUtcNow() + files.Value.TimeToLive
        );
        try
        {
            await storage.PutAsync(result.Path, delivery.FileKey, cancellationToken);
            if (delivery.ThumbnailKey is { } thumbnail)
            {
                await storage.PutAsync(result.ThumbnailPath!, thumbnail, cancellationToken);
            }

            return delivery;
        }
        catch
        {
            Discard(delivery);
            throw;
        }
    }
}
