using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Jobs.Requests;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Platforms;

namespace Decant.Server.Jobs.Runs;

/// <summary>A run's orders to the engine: a medium, a recording or a thumbnail.</summary>
internal sealed class RunWork(
    MediaEngine engine,
    MediaLimits limits,
    StrangerTurns strangers,
    RunDirectories directories
)
{
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="page">Page of the medium, with the account's cookies.</param>
    /// <param name="directory">Directory of the run's own, in which the files are left.</param>
    /// <param name="progress">Receiver of the run's progress, which also says when a recording is to end.</param>
    /// <param name="cancellationToken">Token that breaks it off.</param>
    public async Task<Made> MakeAsync(
        Job job,
        SourcePage page,
        string directory,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        if (job.Kind == JobKind.Thumbnail)
        {
            await LookAgainAsync(job, page, cancellationToken);
            return new Made.Thumbnail(await engine.RunThumbnailAsync(page, directory, progress, cancellationToken));
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
                Earlier = job is { StartedAt: { } begunAt, RecordedSeconds: { } seconds }
                    ? new EarlierRuns(begunAt, TimeSpan.FromSeconds(seconds))
                    : null,
            };
            return new Made.Medium(
                await engine.RecordAsync(
                    page,
                    output,
                    recording,
                    directory,
                    progress,
                    progress.Close,
                    cancellationToken
                )
            );
        }

        await LookAgainAsync(job, page, cancellationToken);
        return new Made.Medium(await engine.RunAsync(page, output, directory, progress, cancellationToken));
    }

    /// <summary>Has the page tell a new address of the media: the remembered one may be why an attempt failed, or have expired while the job was parked.</summary>
    private async Task LookAgainAsync(Job job, SourcePage page, CancellationToken cancellationToken)
    {
        var inspect = new InspectOptions { BypassCache = job.Attempts > 1 || job.ParkedAt is not null };
        if (job.AccountId is null)
        {
            // In strangers' turns, also where it was forgotten meanwhile: then the run finds it remembered.
            await strangers.TakeAsync(
                $"job:{job.Id}",
                turn => engine.InspectAsync(page, inspect, turn),
                cancellationToken
            );
        }
        else if (inspect.BypassCache)
        {
            await engine.InspectAsync(page, inspect, cancellationToken);
        }
    }
}
