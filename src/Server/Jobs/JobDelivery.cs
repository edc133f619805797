using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Server.Data;
using Decant.Server.Downloads;
using Decant.Server.Files;
using Decant.Server.Platforms.Cookies;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs;

/// <summary>Makes what a job promises, in a directory of the run's own, and stores it.</summary>
internal sealed class JobDelivery(
    MediaEngine engine,
    AccountCookies cookies,
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
            var made = await MakeAsync(job, directory.Path, progress, closing.Token, run.Token);
            progress.ReportStoring();
            await StoreAsync(made, run.Token);
            return made;
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    private DateTimeOffset ExpiresAt => time.GetUtcNow() + files.Value.TimeToLive;

    /// <summary>Removes what turned out to be nobody's any more.</summary>
    public void Discard(Delivery delivery)
    {
        foreach (var file in delivery.Files.All)
        {
            storage.Delete(file.Key);
        }
    }

    public void DiscardAllOf(long jobId)
    {
        storage.DeleteAllOf(jobId);
        DiscardRecordingOf(jobId);
    }

    /// <summary>What was made of it is safe, or nobody wants it any more.</summary>
    public void DiscardRecordingOf(long jobId) => directories.DeleteRecordingOf(jobId);

    private async Task<Delivery> MakeAsync(
        Job job,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        var page = await cookies.PageAsync(job.AccountId, SourceUrl.Parse(job.Url), cancellationToken);
        if (job.Kind == JobKind.Thumbnail)
        {
            await LookAgainAsync(job, page, cancellationToken);
            var picture = await engine.RunThumbnailAsync(page, directory, progress, cancellationToken);
            return Delivery.Of(job.Id, picture, ExpiresAt);
        }

        var isPublic = job.AccountId is null;
        var output = limits.Output(job.Request, isPublic) with { Title = job.CustomTitle };
        if (job.Request.Recording is { } wish)
        {
            var recording = new RecordingRequest
            {
                Directory = directories.RecordingOf(job.Id),
                MaxDuration = TimeSpan.FromSeconds(wish.MaxDuration),
                FromStart = wish.FromStart,
            };
            var recorded = await engine.RecordAsync(
                page,
                output,
                recording,
                directory,
                progress,
                close,
                cancellationToken
            );
            return Delivery.Of(job.Id, recorded, ExpiresAt);
        }

        await LookAgainAsync(job, page, cancellationToken);
        var result = await engine.RunAsync(page, output, directory, progress, cancellationToken);
        if (job.EstimatedDuration is null)
        {
            // A length that nobody announced could not be refused before.
            limits.EnsureLength(result.Duration, isPublic);
        }

        return Delivery.Of(job.Id, result, ExpiresAt);
    }

    /// <summary>What failed may be an address of the media that was remembered and has expired, or has while the job was parked: have the page tell a new one.</summary>
    private async Task LookAgainAsync(Job job, SourcePage page, CancellationToken cancellationToken)
    {
        if (job.Attempts > 1 || job.ParkedAt is not null)
        {
            await engine.InspectAsync(page, new InspectOptions { BypassCache = true }, cancellationToken);
        }
    }

    private async Task StoreAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (path, file) in delivery.Paths.Zip(delivery.Files.All))
            {
                await storage.PutAsync(path, file.Key, cancellationToken);
            }
        }
        catch
        {
            Discard(delivery);
            throw;
        }
    }
}
