using Decant.Engine;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs;

/// <summary>Writes down how far a run is, and notices when the run no longer owns its job.</summary>
/// <remarks>
/// What is shown is what is stored, on every node alike: that is why progress never falls, not even when a client asks two
/// nodes in turn or the server was killed in between.
/// </remarks>
internal sealed class RunProgress(
    IDbContextFactory<DecantDb> databases,
    JobChanges changes,
    TimeProvider time,
    Job job,
    string runId,
    CancellationTokenSource run,
    CancellationTokenSource closing
) : IProgress<EngineProgress>
{
    /// <summary>Twice in the second in which the contract wants it to move.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>All of the way but the storing, which follows.</summary>
    private const double Most = 99;

    private readonly Lock _lock = new();
    private Step _latest = new(JobStage.Resolving, job.Progress, 0, job.RecordedSeconds);

    public void Report(EngineProgress value)
    {
        // A second attempt has its own way to go in what the first one left. Two places, or a long job would seem to stand.
        var percent = Math.Round(job.Progress + (Most - job.Progress) * value.Percent / 100, 2);
        lock (_lock)
        {
            _latest = new Step(
                StageOf(value.Stage),
                Math.Max(_latest.Percent, percent),
                value.BytesFetched,
                // A run that goes on with a recording has it before it says so.
                value.Recorded?.TotalSeconds
                    ?? _latest.Recorded
            );
        }
    }

    public void ReportStoring()
    {
        lock (_lock)
        {
            _latest = _latest with { Stage = JobStage.Storing, Percent = Most };
        }
    }

    /// <summary>Goes on until told to stop, or until the job is lost; then it ends the run.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        Step? stored = null;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var latest = Latest;
                if (!await StoreAsync(latest, latest != stored, cancellationToken))
                {
                    await run.CancelAsync();
                    return;
                }

                await CloseWhereAskedAsync(cancellationToken);

                stored = latest;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private Step Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    private async Task<bool> StoreAsync(Step step, bool moved, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owned = db.Jobs.Where(one => one.Id == job.Id && one.RunId == runId);
        if (!moved)
        {
            return await owned.AnyAsync(cancellationToken);
        }

        // No write transaction: this need not outlive a power cut, and costs a twentieth of one that would.
        var stored = await owned.ExecuteUpdateAsync(
            set =>
                set.SetProperty(one => one.Stage, step.Stage)
                    .SetProperty(one => one.Progress, one => one.Progress > step.Percent ? one.Progress : step.Percent)
                    .SetProperty(one => one.BytesFetched, step.Bytes)
                    .SetProperty(one => one.RecordedSeconds, step.Recorded),
            cancellationToken
        );
        changes.Announce(job.Id);
        return stored > 0;
    }

    private async Task CloseWhereAskedAsync(CancellationToken cancellationToken)
    {
        if (job.Request.Recording is null || closing.IsCancellationRequested)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Jobs.AnyAsync(one => one.Id == job.Id && one.CancelRequested, cancellationToken))
        {
            await closing.CancelAsync();
        }
    }

    private static JobStage StageOf(EngineStage stage) =>
        stage switch
        {
            EngineStage.Resolving => JobStage.Resolving,
            EngineStage.Recording => JobStage.Recording,
            EngineStage.Downloading => JobStage.Downloading,
            EngineStage.Converting => JobStage.Converting,
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
        };

    private sealed record Step(JobStage Stage, double Percent, long Bytes, double? Recorded);
}
