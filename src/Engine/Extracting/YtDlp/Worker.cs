using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Keeps one worker process alive, and hands requests to it.</summary>
internal sealed partial class Worker(EngineOptions options, string? caBundle, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>A life this long was a good one: the next may begin at once.</summary>
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<WorkerProcess> _current = NewLife();
    private ExtractorStatus _status = new(false, null, null, "The extractor is not started yet.");
    private Task? _keeping;

    public ExtractorStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>The process at work, started where there is none.</summary>
    /// <exception cref="MediaException"><c>overloaded</c> while none can be had.</exception>
    public async Task<WorkerProcess> GetProcessAsync(CancellationToken cancellationToken)
    {
        Task<WorkerProcess> process;
        lock (_gate)
        {
            _keeping ??= Task.Run(KeepAliveAsync, CancellationToken.None);
            process = _current.Task;
        }

        try
        {
            return await process.WaitAsync(cancellationToken);
        }
        catch (WorkerLostException loss)
        {
            throw new MediaException(
                MediaError.Overloaded,
                "The extractor does not run on this server at present, so nothing can be looked up; try again later.",
                loss
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_keeping is not null)
        {
            await _keeping;
        }

        _stopping.Dispose();
    }

    private async Task KeepAliveAsync()
    {
        var shortLives = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            await LiveAsync();
            shortLives = time.GetElapsedTime(began) >= GoodLife ? 0 : shortLives + 1;
            await PauseAsync(shortLives);
        }

        Fail(new WorkerLostException("The extractor is stopped."));
    }

    /// <summary>One life of the process, from start to end.</summary>
    private async Task LiveAsync()
    {
        try
        {
            await using var process = WorkerProcess.Start(options, caBundle, time, logger);
            var ready = await process.Ready.WaitAsync(_stopping.Token);
            Begin(process, ready);
            LogReady(ready.YtDlp, ready.Python, ready.JsRuntime ?? ready.JsMissing ?? "none");
            await process.Ended.WaitAsync(_stopping.Token);
            LogEnded();
        }
        catch (WorkerLostException loss)
        {
            LogNotStarted(loss);
            Fail(loss);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            // Those who ask now wait for the next life; while none begins they go on hearing why.
            if (_current.Task.IsCompletedSuccessfully)
            {
                _current = NewLife();
                _status = new ExtractorStatus(false, null, null, "The extractor has ended and is being started again.");
            }
        }
    }

    private async Task PauseAsync(int shortLives)
    {
        // After a single crash at once, then 0.5 s, 1 s, 2 s …
        var pause = shortLives < 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(shortLives - 3, 8)));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, _stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Begin(WorkerProcess process, WorkerReady ready)
    {
        lock (_gate)
        {
            _status = new ExtractorStatus(true, ready.YtDlp, ready.JsRuntime, null)
            {
                JavaScriptMissing = ready.JsMissing,
            };
            if (!_current.TrySetResult(process))
            {
                _current = NewLife();
                _current.SetResult(process);
            }
        }
    }

    private void Fail(WorkerLostException loss)
    {
        lock (_gate)
        {
            _status = new ExtractorStatus(
                false,
                null,
                null,
                $"{loss.Message} Needed is {options.PythonPath} with a current yt_dlp package."
            );
            if (!_current.TrySetException(loss) && _current.Task.IsCompletedSuccessfully)
            {
                _current = NewLife();
                _current.SetException(loss);
            }
        }
    }

    private static TaskCompletionSource<WorkerProcess> NewLife() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(
        LogLevel.Information,
        "The extractor is warm: yt-dlp {Version}, Python {Python}, JavaScript runtime: {JavaScriptRuntime}"
    )]
    private partial void LogReady(string version, string python, string javaScriptRuntime);

    [LoggerMessage(LogLevel.Error, "The extractor's process has ended; another is started")]
    private partial void LogEnded();

    [LoggerMessage(LogLevel.Error, "The extractor's process does not start")]
    private partial void LogNotStarted(Exception exception);
}
