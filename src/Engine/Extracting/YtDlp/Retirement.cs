using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Ends processes whose place another has taken, each when its last answer is given.</summary>
internal sealed partial class Retirement(TimeProvider time, ILogger logger)
{
    /// <summary>Longest time that anything asked of a process may take.</summary>
    private static readonly TimeSpan Longest = Extractor.LongestDownload + TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<Task> _ending = [];

    /// <param name="process">The process to end.</param>
    /// <param name="stopping">Token that ends it at once.</param>
    public void Add(WorkerProcess process, CancellationToken stopping)
    {
        lock (_gate)
        {
            _ending.RemoveAll(ended => ended.IsCompletedSuccessfully);
            _ending.Add(Task.Run(() => EndAsync(process, stopping), CancellationToken.None));
        }
    }

    /// <summary>Returns when all have ended; that is soon once the worker stops.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_ending);
        }
    }

    private async Task EndAsync(WorkerProcess process, CancellationToken stopping)
    {
        try
        {
            await process.Turns.CloseAsync().WaitAsync(Longest, time, stopping);
        }
        catch (TimeoutException)
        {
            LogOverdue(process.Id, Longest);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever still waits for an answer is stopped as well.
        }

        await process.DisposeAsync();
    }

    [LoggerMessage(
        LogLevel.Error,
        "The extractor's former process {Id} was still at work after {Elapsed}; it is stopped"
    )]
    private partial void LogOverdue(int id, TimeSpan elapsed);
}
