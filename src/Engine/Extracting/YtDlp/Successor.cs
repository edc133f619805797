using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A worker process that has shown that it works, ready to take another's place.</summary>
internal sealed record Successor(WorkerProcess Process, WorkerReady Ready)
{
    /// <summary>Time for a process to start: ten times what it takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A page that is in its address: everything of a look-up but the network.</summary>
    private static readonly InspectRequest Page = new(
        "data:text/html,<video src='https://self-check.invalid/a.mp4'></video>",
        Proxy: null,
        Patience.TotalSeconds,
        MaxEntries: 1,
        Memory: 1L << 30
    );

    /// <exception cref="WorkerLostException">It does not start, or gives no answer; nothing of it is left then.</exception>
    public static async Task<Successor> StartAsync(
        EngineOptions options,
        string? caBundle,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var process = await WorkerProcess.StartAsync(options, caBundle, time, logger);
        try
        {
            var ready = await process.Ready.WaitAsync(Patience, time, cancellationToken);
            var reply = await process.AskAsync(Page, Patience, onProgress: null, cancellationToken);
            return reply is WorkerReply.Failed { Failure: var failure }
                ? throw new WorkerLostException(
                    $"yt-dlp {ready.YtDlp} starts and cannot look at a page: {failure.Message}"
                )
                : new Successor(process, ready);
        }
        catch (TimeoutException exception)
        {
            await process.DisposeAsync();
            throw new WorkerLostException($"It was not ready after {Patience.TotalSeconds:0} seconds.", exception);
        }
        catch
        {
            // Whatever it was, cancellation included: a process that nobody was given would live on.
            await process.DisposeAsync();
            throw;
        }
    }
}
