using System.Threading.Channels;
using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Keeps one worker process alive, hands requests to it, and puts a newer one in its place: <c>docs/adr/0019</c>.</summary>
internal sealed partial class Worker(EngineOptions options, string? caBundle, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    /// <summary>Room for one: there is one reload at a time.</summary>
    private readonly Channel<Successor> _successors = Channel.CreateBounded<Successor>(1);
    private readonly Retirement _retirement = new(time, logger);
    private TaskCompletionSource<WorkerProcess> _current = NewLife();
    private ExtractorStatus _status = new(false, null, null, "The extractor is not started yet.");
    private ExtractorReload? _lastReload;
    private ExtractorFiles? _files;
    private Task? _keeping;
    private Task? _watching;
    private Task<ExtractorReload>? _reload;

    public ExtractorStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status with { LastReload = _lastReload };
            }
        }
    }

    /// <summary>The files of the process at work, as they were when it began; null before the first.</summary>
    public ExtractorFiles? Files
    {
        get
        {
            lock (_gate)
            {
                return _files;
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
            Keep();
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

    /// <summary>The right to ask the process at work, which then outlives its replacement until the answer is there.</summary>
    /// <inheritdoc cref="GetProcessAsync" path="/exception"/>
    public async Task<WorkerTurn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var process = await GetProcessAsync(cancellationToken);
            if (process.Turns.TryTake())
            {
                return new WorkerTurn(process);
            }

            // It was replaced in between; its successor is the process at work by now.
        }
    }

    /// <summary>Starts another process from the files as they are now; when it works, it takes the place of the one at work, which ends when its last answer is given.</summary>
    /// <returns>How it went. Where one is under way already, how that one goes.</returns>
    public Task<ExtractorReload> ReloadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            Keep();
            if (_reload is null or { IsCompleted: true })
            {
                _reload = Task.Run(MoveAsync, CancellationToken.None);
            }

            return _reload.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] ending;
        lock (_gate)
        {
            ending = [.. new[] { _keeping, _watching, _reload }.OfType<Task>()];
        }

        await Task.WhenAll(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_successors.Reader.TryRead(out var unneeded))
        {
            await unneeded.Process.DisposeAsync();
        }

        await _retirement.EndAsync();
        _stopping.Dispose();
    }

    private void Keep()
    {
        _keeping ??= Task.Run(KeepAliveAsync, CancellationToken.None);
        _watching ??= Task.Run(
            () => new ExtractorWatch(this, options.ExtractorLookEvery, time, logger).RunAsync(_stopping.Token),
            CancellationToken.None
        );
    }

    private async Task<ExtractorReload> MoveAsync()
    {
        var from = Status.Version;
        string? to = null;
        string? error = null;
        try
        {
            var successor = await Successor.StartAsync(options, caBundle, time, logger, _stopping.Token);
            await _successors.Writer.WriteAsync(successor, _stopping.Token);
            await successor.Process.AtWork.WaitAsync(_stopping.Token);
            to = successor.Ready.YtDlp;
            LogMoved(from ?? "none", to);
        }
        catch (Exception failure) when (failure is WorkerLostException or IOException or UnauthorizedAccessException)
        {
            error = failure.Message;
            LogNotMoved(failure, from ?? "none");
        }

        var reload = new ExtractorReload(time.GetUtcNow(), from, to, error);
        lock (_gate)
        {
            _lastReload = reload;
        }

        return reload;
    }

    private async Task KeepAliveAsync()
    {
        var pauses = new RestartPauses(time);
        while (!_stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            await LiveAsync();
            await PauseAsync(pauses.After(began));
        }

        Fail(new WorkerLostException("The extractor is stopped."));
    }

    /// <summary>Watches over the process from its start to its end, and over those that took its place until the last has ended.</summary>
    private async Task LiveAsync()
    {
        WorkerProcess? process = null;
        try
        {
            if (!_successors.Reader.TryRead(out var next))
            {
                process = await WorkerProcess.StartAsync(options, caBundle, time, logger);
                next = new Successor(process, await process.Ready.WaitAsync(_stopping.Token));
            }

            do
            {
                var before = process;
                process = next.Process;
                Begin(next);
                if (before is not null && before != process)
                {
                    _retirement.Add(before, _stopping.Token);
                }

                await Task.WhenAny(process.Ended, _successors.Reader.WaitToReadAsync(_stopping.Token).AsTask())
                    .WaitAsync(_stopping.Token);
            } while (_successors.Reader.TryRead(out next));

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
        finally
        {
            await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
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

    private async Task PauseAsync(TimeSpan pause)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(
            Task.Delay(pause, time, over.Token),
            _successors.Reader.WaitToReadAsync(over.Token).AsTask()
        );
        await over.CancelAsync();
    }

    private void Begin(Successor successor)
    {
        var (process, ready) = successor;
        lock (_gate)
        {
            _files = new ExtractorFiles(ready.Files);
            _status = ready.ToStatus(time.GetUtcNow());
            if (!_current.TrySetResult(process))
            {
                _current = NewLife();
                _current.SetResult(process);
            }
        }

        process.BeginWork();
        LogReady(ready.YtDlp, ready.Python, ready.JsRuntime ?? ready.JsMissing ?? "none");
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

    [LoggerMessage(LogLevel.Information, "The extractor moved from yt-dlp {From} to {To}")]
    private partial void LogMoved(string from, string to);

    [LoggerMessage(LogLevel.Error, "The extractor's files were replaced and do not start; yt-dlp {From} stays at work")]
    private partial void LogNotMoved(Exception exception, string from);
}
