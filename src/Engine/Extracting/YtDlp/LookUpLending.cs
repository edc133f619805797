using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The server's end of <see cref="LentExtractor"/>: does look-ups for commands of the same user and of the same settings.</summary>
internal sealed partial class LookUpLending : IAsyncDisposable
{
    /// <summary>Bytes.</summary>
    public const int LongestGreeting = 1 << 10;

    /// <summary>Bytes; an entry of a list says what its extractor knows of it.</summary>
    private const int LongestRequest = 4 << 20;

    private const string Agreed = """{"event":"agreed"}""";
    private const string Unfit = """{"event":"unfit"}""";
    private const int Backlog = 16;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = LookUpSocket.Create();
    private readonly string _path;
    private readonly string _settings;
    private readonly Func<LentRequest, CancellationToken, Task<WorkerReply?>> _look;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _accepting;

    /// <param name="path">Path of the socket.</param>
    /// <param name="settings">A command has to have the same (<see cref="LookUpSocket.SettingsOf"/>).</param>
    /// <param name="look">Look-up of a page; null where only the command itself can say what is wrong.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Logger of what breaks.</param>
    private LookUpLending(
        string path,
        string settings,
        Func<LentRequest, CancellationToken, Task<WorkerReply?>> look,
        TimeProvider time,
        ILogger logger
    )
    {
        _path = path;
        _settings = settings;
        _look = look;
        _time = time;
        _logger = logger;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerAlone);
        }

        _listener.Listen(Backlog);
        _accepting = AcceptAsync();
    }

    /// <inheritdoc cref="LookUpLending(string, string, Func{LentRequest, CancellationToken, Task{WorkerReply}}, TimeProvider, ILogger)"/>
    /// <returns>Null where another server has that socket, or there can be none.</returns>
    public static LookUpLending? TryStart(
        string path,
        string settings,
        Func<LentRequest, CancellationToken, Task<WorkerReply?>> look,
        TimeProvider time,
        ILogger logger
    )
    {
        try
        {
            if (!LookUpSocket.IsUsable(path) || IsTaken(path))
            {
                LogNotLent(logger, path, null);
                return null;
            }

            var folder = Path.GetDirectoryName(path)!;
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder, OwnerAlone | UnixFileMode.UserExecute);
            }

            File.Delete(path);
            return new LookUpLending(path, settings, look, time, logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SocketException)
        {
            LogNotLent(logger, path, failure);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        File.Delete(_path);
    }

    /// <returns>True also for what is no socket, and somebody's.</returns>
    private static bool IsTaken(string path) =>
        new FileInfo(path) is { Exists: true, Length: var length } && (length > 0 || LookUpSocket.IsListenedAt(path));

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                serving.RemoveAll(one => one.IsCompleted);
                serving.Add(ServeAsync(socket));
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                // Whatever the listener says of being closed.
            }
            catch (SocketException)
            {
                // Out of descriptors: whoever comes waits in the backlog, or looks up by itself.
                await Task.Delay(Pause, _time, CancellationToken.None);
            }
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (
                LookUpSocket.IsOurs(socket)
                && await stream.ReadLineAsync(LongestGreeting, _stop.Token) is { } greeting
                && greeting.Deserialize(WorkerJson.Default.LentGreeting)?.Settings == _settings
            )
            {
                await stream.WriteLineAsync(Agreed, _stop.Token);
                if (
                    await stream.ReadLineAsync(LongestRequest, _stop.Token) is { } line
                    && line.Deserialize(WorkerJson.Default.LentRequest) is { Url: not null } request
                )
                {
                    await AnswerAsync(stream, request);
                }
            }
        }
        catch (Exception broken)
            when (broken is IOException or SocketException or OperationCanceledException or JsonException)
        {
            LogBroken(broken);
        }
    }

    private async Task AnswerAsync(NetworkStream stream, LentRequest request)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var watching = WatchAsync(stream, gone);
        try
        {
            await stream.WriteLineAsync(LineOf(await _look(request, gone.Token)), gone.Token);
        }
        finally
        {
            await gone.CancelAsync();
            await watching;
        }
    }

    /// <summary>Ends the look-up of a command that has gone.</summary>
    private static async Task WatchAsync(NetworkStream stream, CancellationTokenSource gone)
    {
        try
        {
            // It has no more to say.
            _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, gone.Token);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            return;
        }

        await gone.CancelAsync();
    }

    private static string LineOf(WorkerReply? reply)
    {
        switch (reply)
        {
            case WorkerReply.Answered { Message: var message }:
                return message.GetRawText();
            case WorkerReply.Failed { Failure: var failure }:
                var line = JsonSerializer.SerializeToNode(failure, WorkerJson.Default.WorkerFailure)!;
                line["event"] = "error";
                return line.ToJsonString();
            default:
                return Unfit;
        }
    }

    [LoggerMessage(LogLevel.Information, "Commands on this machine look up by themselves: '{Path}' cannot be had")]
    private static partial void LogNotLent(ILogger logger, string path, Exception? failure);

    [LoggerMessage(LogLevel.Debug, "A look-up for a command on this machine broke off")]
    private partial void LogBroken(Exception broken);
}

/// <summary>A command's first line.</summary>
/// <param name="Settings">Settings by <see cref="LookUpSocket.SettingsOf"/>.</param>
internal sealed record LentGreeting(string Settings);
