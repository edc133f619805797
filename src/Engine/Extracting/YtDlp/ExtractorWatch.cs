using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Notices that the extractor's files were replaced, by whomever, and has the worker move to them.</summary>
internal sealed partial class ExtractorWatch(Worker worker, TimeSpan every, TimeProvider time, ILogger logger)
{
    private ExtractorFiles? _last;
    private ExtractorFiles? _tried;

    /// <summary>Looks until it is cancelled. A look that fails is logged, and the next one comes in its turn.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryLookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the watch outlives it: nothing else would ever notice the next update.
            LogFailed(exception);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (worker.Files is not { } used)
        {
            return;
        }

        var now = used.Now();
        // An update takes its time: what stayed as it is from one look to the next is whole.
        if (now.Equals(_last) && !now.Equals(used) && !now.Equals(_tried))
        {
            _tried = now;
            await worker.ReloadAsync(cancellationToken);
        }

        _last = now;
    }

    [LoggerMessage(LogLevel.Error, "A look at the extractor's files failed")]
    private partial void LogFailed(Exception exception);
}
