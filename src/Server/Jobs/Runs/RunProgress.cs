using System.Runtime.ExceptionServices;
using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Jobs.Watching;
using Decant.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Runs;

/// <summary>Writes down how far a run is, and notices when the run no longer owns its job.</summary>
/// <remarks>
/// What is shown is what is stored, on every node alike: that is why progress never falls, not even when a client asks two
/// nodes in turn or the server was killed in between.
/// </remarks>
internal sealed partial class RunProgress(
    IDbContextFactory<DecantDb> databases,
    JobChanges changes,
    RunLength length,
    TimeProvider time,
    Job job,
    CancellationTokenSource run,
    ILogger logger
) : IProgress<EngineProgress>, IDisposable
{
    /// <summary>Twice in the second in which the contract wants it to move.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Most per cent that a run reaches before its file is stored.</summary>
    private const double Most = 99;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _weighing = new(1);
    private readonly PeriodicTimer _ticks = new(Every, time);
    private long _stageBegan = time.GetTimestamp();
    private bool _isUnstored;
    private RunSeen _seen = RunSeen.Nothing;
    private ExceptionDispatchInfo? _refusal;
    private RunStep _latest = new(JobStage.Resolving, job.Progress, 0, job.RecordedSeconds);

    /// <summary>Cancelled when a live recording is to end in good order.</summary>
    public CancellationToken Close => _closing.Token;

    public void Report(EngineProgress value)
    {
        // A second attempt has its own way to go in what the first one left. Two places, or a long job would seem to stand.
        var percent = Math.Round(job.Progress + (Most - job.Progress) * value.Percent / 100, 2);
        lock (_lock)
        {
            Enter(StageOf(value.Stage));
            _seen = new RunSeen(value.Found, value.Made, value.BytesFetched, IsWhole: false);
            _latest = new RunStep(
                StageOf(value.Stage),
                Math.Max(_latest.Percent, percent),
                value.BytesFetched,
                // A run that goes on with a recording has it before it says so.
                value.Recorded?.TotalSeconds
                    ?? _latest.Recorded
            );
        }
    }

    /// <summary>Weighs all that was made, before any of it is delivered.</summary>
    /// <inheritdoc cref="RunLength.EnsureAsync"/>
    public Task EnsureAsync(Made made, CancellationToken cancellationToken) =>
        made is Made.Medium { Result: var result }
            ? WeighAsync(new RunSeen(Seen.Found, result.Duration, result.Size, IsWhole: true), cancellationToken)
            : Task.CompletedTask;

    /// <summary>Purse or limits do not bear what has shown.</summary>
    public bool IsRefused => Volatile.Read(ref _refusal) is not null;

    /// <summary>Throws the reason for which the run was ended from here, where there is one.</summary>
    public void ThrowRefusal() => _refusal?.Throw();

    public void ReportStoring()
    {
        lock (_lock)
        {
            Enter(JobStage.Storing);
            _latest = _latest with { Stage = JobStage.Storing, Percent = Most };
        }
    }

    private void Enter(JobStage stage)
    {
        if (stage != _latest.Stage)
        {
            MeasureStage();
        }
    }

    private void MeasureStage()
    {
        Measures.RecordStage(time.GetElapsedTime(_stageBegan), _latest.Stage.ToString().ToLowerInvariant());
        _stageBegan = time.GetTimestamp();
    }

    /// <summary>Goes on until told to stop, or until the job is lost; then it ends the run.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        RunStep? stored = null;
        try
        {
            while (await _ticks.WaitForNextTickAsync(cancellationToken))
            {
                var latest = Latest;
                if (await TryStoreAsync(latest, latest != stored, cancellationToken) is not { } isOwned)
                {
                    continue;
                }

                if (!isOwned)
                {
                    await run.CancelAsync();
                    return;
                }

                stored = latest;
                await WeighAsync(Seen, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is MediaException or ApiException)
        {
            // More has come than purse or limits bear: what is fetched and made from here on would be for nobody.
            Volatile.Write(ref _refusal, ExceptionDispatchInfo.Capture(exception));
            await run.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <summary>Lets <see cref="WatchAsync"/> end at its next tick, which is now.</summary>
    /// <remarks>To be told before its token, which ends what it does in between: a tick that is cancelled is an exception, for every job.</remarks>
    public void StopTicking() => _ticks.Dispose();

    public void Dispose()
    {
        MeasureStage();
        _ticks.Dispose();
        _closing.Dispose();
        _weighing.Dispose();
    }

    private RunSeen Seen
    {
        get
        {
            lock (_lock)
            {
                return _seen;
            }
        }
    }

    private RunStep Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    private async Task WeighAsync(RunSeen seen, CancellationToken cancellationToken)
    {
        await _weighing.WaitAsync(cancellationToken);
        try
        {
            await length.EnsureAsync(job, seen, cancellationToken);
        }
        finally
        {
            _weighing.Release();
        }
    }

    /// <returns>Whether the run owns its job; null where the database is away, and the next tick asks again.</returns>
    private async Task<bool?> TryStoreAsync(RunStep step, bool moved, CancellationToken cancellationToken)
    {
        try
        {
            var isOwned = await StoreAsync(step, moved, cancellationToken);
            await CloseWhereAskedAsync(cancellationToken);
            _isUnstored = false;
            return isOwned;
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            // Once an outage: the next tick is half a second away, and the database's own loops tell of it, too.
            if (!_isUnstored)
            {
                LogUnstored(job.Id, exception.GetBaseException().Message);
            }

            _isUnstored = true;
            return null;
        }
    }

    private async Task<bool> StoreAsync(RunStep step, bool moved, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!moved)
        {
            return await JobTransitions.Owned(db, job.Id, job.RunId).AnyAsync(cancellationToken);
        }

        var isStored = await JobTransitions.MoveAsync(db, job.Id, job.RunId!, step, cancellationToken);
        changes.Announce(job.Id);
        return isStored;
    }

    private async Task CloseWhereAskedAsync(CancellationToken cancellationToken)
    {
        if (job.Request.Recording is null || _closing.IsCancellationRequested)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Jobs.AnyAsync(one => one.Id == job.Id && one.CancelRequested, cancellationToken))
        {
            await _closing.CancelAsync();
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

    [LoggerMessage(LogLevel.Warning, "The progress of job {JobId} could not be stored: {Detail}")]
    private partial void LogUnstored(long jobId, string detail);
}
