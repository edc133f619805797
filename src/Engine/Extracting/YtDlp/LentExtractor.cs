using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor of a server on this machine, for a command of the same user: warm, where one of our own takes half a second to start.</summary>
/// <remarks>Whatever goes wrong with it, the command looks up by itself.</remarks>
internal sealed partial class LentExtractor(EngineOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Longer than any server takes to say that it will, and shorter than a start of our own.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(200);

    private readonly Lazy<string> _settings = new(() => LookUpSocket.SettingsOf(options));
    private Stream? _open;

    /// <summary>True where a server has said that it looks up for us.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        if (await TryOpenAsync(cancellationToken) is not { } line)
        {
            return false;
        }

        if (Interlocked.Exchange(ref _open, line) is { } other)
        {
            await other.DisposeAsync();
        }

        return true;
    }

    /// <returns>Null where there is no server, or it has no answer that would be ours.</returns>
    public async Task<WorkerReply?> TryAskAsync(LentRequest request, CancellationToken cancellationToken)
    {
        var line = Interlocked.Exchange(ref _open, null) ?? await TryOpenAsync(cancellationToken);
        if (line is null)
        {
            return null;
        }

        try
        {
            await using (line)
            {
                await line.WriteLineAsync(
                    JsonSerializer.Serialize(request, WorkerJson.Default.LentRequest),
                    cancellationToken
                );
                return await line.ReadLineAsync(PrivateLine.LongestAnswer, cancellationToken) is { } message
                    ? WorkerReply.TryReadAnswer(message)
                    : null;
            }
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            LogLost(failure);
            return null;
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _open, null)?.Dispose();

    private async Task<Stream?> TryOpenAsync(CancellationToken cancellationToken)
    {
        if (!options.IsForOne || options.LookUpSocket is not { } path || !File.Exists(path))
        {
            return null;
        }

        using var late = new CancellationTokenSource(AtOnce, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var socket = LookUpSocket.Create();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
            if (LookUpSocket.IsOurs(socket))
            {
                var line = new NetworkStream(socket, ownsSocket: true);
                await line.WriteLineAsync(
                    JsonSerializer.Serialize(new LentGreeting(_settings.Value), WorkerJson.Default.LentGreeting),
                    patience.Token
                );
                if (await line.ReadLineAsync(LookUpLending.LongestGreeting, patience.Token) is not null)
                {
                    return line;
                }
            }
        }
        catch (Exception failure)
            when (failure is SocketException or IOException or JsonException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            LogLost(failure);
        }

        socket.Dispose();
        return null;
    }

    [LoggerMessage(LogLevel.Debug, "The server on this machine does no look-ups for us")]
    private partial void LogLost(Exception failure);
}
