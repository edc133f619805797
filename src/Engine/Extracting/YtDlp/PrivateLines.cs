using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// The socket at which children of the worker collect their requests and leave their answers, past the process that forks
/// them: every later child begins as a copy of that process's memory, and cookies are in requests and answers (ADR 0057).
/// </summary>
internal sealed class PrivateLines : IAsyncDisposable
{
    private const string Name = "host";

    /// <summary>Bytes of <c>sun_path</c> (unix(7)), its final NUL included.</summary>
    private const int LongestPath = 108;

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int TokenBytes = 32;
    private const int Backlog = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, PrivateLine> _awaited = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    /// <param name="directory">The worker's own.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WorkerLostException">The directory's path is too long for a socket.</exception>
    public PrivateLines(string directory, TimeProvider time)
    {
        _time = time;
        var path = Path.Combine(directory, Name);
        if (Encoding.UTF8.GetByteCount(path) >= LongestPath)
        {
            throw new WorkerLostException($"'{path}' is too long a path for a socket: set TMPDIR to a shorter one.");
        }

        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerAlone);
        }

        _listener.Listen(Backlog);
        _accepting = AcceptAsync();
    }

    /// <summary>Holds a request ready for the one child that shows its token.</summary>
    /// <param name="request">Writer of the request, called once the child has come.</param>
    public PrivateLine Offer(Func<string> request)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        return _awaited[token] = new PrivateLine(token, request, () => _awaited.TryRemove(token, out _));
    }

    /// <summary>Closes the socket of a worker that never started.</summary>
    public void Abandon()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        while (await TryAcceptAsync() is { } socket)
        {
            serving.RemoveAll(one => one.IsCompleted);
            serving.Add(ServeAsync(socket));
        }

        await Task.WhenAll(serving);
    }

    /// <returns>Null once it is stopped.</returns>
    private async Task<Socket?> TryAcceptAsync()
    {
        while (true)
        {
            try
            {
                return await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                // Whatever the listener says of being closed.
                return null;
            }
            catch (SocketException)
            {
                // Out of descriptors: children wait in the backlog until some are free.
                await Task.Delay(Pause, _time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        PrivateLine? line = null;
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var token = new byte[TokenBytes * 2];
            await stream.ReadExactlyAsync(token, _stop.Token);
            // Once: a token that another child finds in its memory is good for nothing any more.
            if (_awaited.TryRemove(Encoding.ASCII.GetString(token), out line))
            {
                await line.ServeAsync(stream, _stop.Token);
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or JsonException)
        {
            // The child died, or talks nonsense: its parent says what became of it.
            line?.Break();
        }
    }
}

/// <summary>A request that is held ready, and the answer to it.</summary>
/// <param name="token">Shown by the child that may have it.</param>
/// <param name="request">Writer of the request: a line of JSON.</param>
/// <param name="withdraw">Nobody is to have it any more.</param>
internal sealed class PrivateLine(string token, Func<string> request, Action withdraw) : IDisposable
{
    /// <summary>Largest answer, in bytes: a longer one is no description of media.</summary>
    public const int LongestAnswer = 64 << 20;

    private readonly TaskCompletionSource<JsonElement?> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public string Token => token;

    /// <summary>The answer; null where the child broke off before it was whole.</summary>
    public Task<JsonElement?> Answer => _answer.Task;

    public async Task ServeAsync(Stream child, CancellationToken cancellationToken)
    {
        await child.WriteLineAsync(request(), cancellationToken);
        if (await child.ReadLineAsync(LongestAnswer, cancellationToken) is { } answer)
        {
            _answer.TrySetResult(answer);
            return;
        }

        Break();
    }

    public void Break() => _answer.TrySetResult(null);

    public void Dispose() => withdraw();
}
