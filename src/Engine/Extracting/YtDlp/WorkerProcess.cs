using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Decant.Engine.Children;
using Decant.Engine.Children.Sandbox;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A process of the worker: started, warm, asked many things at once, ended.</summary>
/// <remarks>It ends by itself when our end of its stdin closes, however this process ends.</remarks>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The worker keeps a request's deadline itself; this much later it is not to be relied upon any more.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, PendingRequest> _pending = new();
    private readonly TaskCompletionSource<WorkerReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _atWork = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ScratchDirectory _home;
    private readonly PrivateLines _lines;
    private readonly SandboxOptions _sandbox;
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _listening;
    private readonly Task _logging;
    private string _lastComplaint = "";
    private long _lastId;

    private WorkerProcess(
        Process process,
        ScratchDirectory home,
        PrivateLines lines,
        SandboxOptions sandbox,
        TimeProvider time,
        ILogger logger
    )
    {
        _sandbox = sandbox;
        _process = process;
        _home = home;
        _lines = lines;
        _time = time;
        _logger = logger;
        _logging = LogAsync();
        _listening = ListenAsync();
    }

    /// <summary>Set once it is warm; a <see cref="WorkerLostException"/> when it cannot be.</summary>
    public Task<WorkerReady> Ready => _ready.Task;

    /// <summary>Completes when the process says nothing more.</summary>
    public Task Ended => _listening;

    public int Id => _process.Id;

    /// <summary>Requests under way, or about to be.</summary>
    public Turns Turns { get; } = new();

    /// <summary>Completes when it is the one that is asked.</summary>
    public Task AtWork => _atWork.Task;

    public void BeginWork() => _atWork.TrySetResult();

    /// <exception cref="WorkerLostException">There is no such program.</exception>
    public static async Task<WorkerProcess> StartAsync(
        EngineOptions options,
        string? caBundle,
        TimeProvider time,
        ILogger logger
    )
    {
        var directory = ScratchDirectory.Create("extractor");
        PrivateLines? lines = null;
        try
        {
            // Root's children are other users, and have directories of their own in it.
            if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
                File.SetUnixFileMode(directory.Path, Traversable);
            // There before the process is: its children come to it.
            lines = new PrivateLines(directory.Path, time);
            var started = await WorkerCommand.StartAsync(options, caBundle, directory.Path);
            return new WorkerProcess(started, directory, lines, options.Sandbox, time, logger);
        }
        catch (Win32Exception exception)
        {
            lines?.Abandon();
            directory.Dispose();
            throw new WorkerLostException($"{options.PythonPath} cannot be started: {exception.Message}", exception);
        }
    }

    /// <returns>The last word on the request.</returns>
    /// <exception cref="WorkerLostException">The process ended before it came.</exception>
    /// <exception cref="OperationCanceledException">The child at work is dead by then, and its file gone.</exception>
    public async Task<WorkerReply> AskAsync(
        WorkerRequest request,
        TimeSpan timeout,
        Action<WorkerProgress>? onProgress,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var user = RunUser.TryTake(_sandbox);
        var id = Interlocked.Increment(ref _lastId);
        var waiting = _pending[id] = new PendingRequest(onProgress);
        try
        {
            if (_listening.IsCompleted)
                throw Lost();

            var whole = request with { Id = id, Box = [.. SandboxTexts.OfExtractor(_sandbox, user)] };
            using var line = _lines.Offer(() => LineOf(whole));
            await WriteAsync(whole.HandOver(line.Token) ?? whole);
            var reply = await waiting.Reply.WaitAsync(timeout + Overdue, _time, cancellationToken);
            return reply is WorkerReply.Apart ? await ReadAsync(id, line, cancellationToken) : reply;
        }
        catch (TimeoutException)
        {
            LogOverdue(timeout + Overdue);
            _process.Kill(entireProcessTree: true);
            throw Lost();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await WriteAsync(new CancelRequest { Id = id });
            await Task.WhenAny(waiting.Reply, Task.Delay(Grace, _time, CancellationToken.None));
            throw;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException exception)
        {
            // A last request could not be delivered to a process that is gone; its caller has heard.
            LogUndelivered(exception);
        }

        try
        {
            await _listening.WaitAsync(Grace, _time);
            await _process.WaitForExitAsync().WaitAsync(Grace, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await Task.WhenAll(_listening, _logging);
        await _lines.DisposeAsync();
        _process.Dispose();
        _writing.Dispose();
        try
        {
            _home.Dispose();
        }
        catch (IOException exception)
        {
            // Something of a child's is still being taken down there; the system's own tidying gets it.
            LogLeftBehind(exception, _home.Path);
        }
    }

    /// <summary>The answer itself. A child that has said it is there, and leaves none or another thing, fails alone.</summary>
    private async Task<WorkerReply> ReadAsync(long id, PrivateLine line, CancellationToken cancellationToken)
    {
        try
        {
            return
                await line.Answer.WaitAsync(Overdue, _time, cancellationToken) is { } message
                && WorkerReply.TryReadAnswer(message) is { } reply
                ? reply
                : new WorkerReply.Failed(WorkerFailure.Nonsense);
        }
        catch (TimeoutException)
        {
            await WriteAsync(new CancelRequest { Id = id });
            return new WorkerReply.Failed(WorkerFailure.Nonsense);
        }
    }

    private static string LineOf(WorkerRequest request) =>
        JsonSerializer.Serialize(request, request.GetType(), WorkerJson.Default);

    private async Task WriteAsync(WorkerRequest request)
    {
        var line = LineOf(request);
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteAsync($"{line}\n");
            await _process.StandardInput.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw new WorkerLostException("The extractor's process has ended.", exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                Hear(line);
            }
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Out of step with the other end, nothing it says can be relied upon.
            LogGarbled(exception);
            _process.Kill(entireProcessTree: true);
        }

        await _logging;
        _ready.TrySetException(Lost());
        foreach (var request in _pending.Values)
            request.Lose(Lost());
    }

    private void Hear(string line)
    {
        using var document = JsonDocument.Parse(line);
        var message = document.RootElement;
        var name = message.GetProperty("event").GetString()!;
        switch (name)
        {
            case "ready":
                _ready.TrySetResult(message.Deserialize(WorkerJson.Default.WorkerReady)!);
                break;
            case "failed":
                _ready.TrySetException(new WorkerLostException(message.GetProperty("message").GetString()!));
                break;
            default:
                // A caller that gave up is not there any more.
                if (_pending.TryGetValue(message.GetProperty("id").GetInt64(), out var request))
                {
                    request.Hear(name, message.Clone());
                }

                break;
        }
    }

    private Task LogAsync() =>
        ChildLines.ReadAsync(
            _process.StandardError,
            line =>
            {
                _lastComplaint = line;
                LogComplaint(line);
            }
        );

    private WorkerLostException Lost() => new($"The extractor's process has ended. {_lastComplaint}".TrimEnd());

    [LoggerMessage(LogLevel.Debug, "The extractor's process ended before it had read everything")]
    private partial void LogUndelivered(Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Directory} could not be removed")]
    private partial void LogLeftBehind(Exception exception, string directory);

    [LoggerMessage(LogLevel.Debug, "Extractor: {Line}")]
    private partial void LogComplaint(string line);

    [LoggerMessage(LogLevel.Error, "The extractor's process said something that is no message; it is stopped")]
    private partial void LogGarbled(Exception exception);

    [LoggerMessage(LogLevel.Error, "The extractor's process left a request unanswered for {Elapsed}; it is stopped")]
    private partial void LogOverdue(TimeSpan elapsed);
}
