using Decant.Engine.Errors;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The right to ask a process, which does not end for a newer one until it is given back.</summary>
/// <param name="Process">Process to ask.</param>
internal sealed record WorkerTurn(WorkerProcess Process) : IDisposable
{
    /// <returns>The last word on the request.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where the process ended before it came.</exception>
    public async Task<WorkerReply> AskAsync(
        WorkerRequest request,
        TimeSpan timeout,
        Action<WorkerProgress>? onProgress,
        Uri url,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Process.AskAsync(request, timeout, onProgress, cancellationToken);
        }
        catch (WorkerLostException loss)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MediaException(
                MediaError.SourceFailed,
                $"The extractor stopped while it was at work on {url.Host}; try again.",
                loss
            );
        }
    }

    public void Dispose() => Process.Turns.Give();
}
