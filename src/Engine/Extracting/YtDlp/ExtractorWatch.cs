namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Notices that the extractor's files were replaced, by whomever, and has the worker move to them.</summary>
internal sealed class ExtractorWatch(Worker worker, TimeSpan every, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ExtractorFiles? last = null;
        ExtractorFiles? tried = null;
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (worker.Files is not { } used)
                {
                    continue;
                }

                var now = used.Now();
                // An update takes its time: what stayed as it is from one look to the next is whole.
                if (now.Equals(last) && !now.Equals(used) && !now.Equals(tried))
                {
                    tried = now;
                    await worker.ReloadAsync(cancellationToken);
                }

                last = now;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }
}
