using System.Runtime.ExceptionServices;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;

namespace Decant.Engine.Converting;

/// <summary>An ffprobe that has started and waits to be told which remote file to look into: loading its libraries takes ten times as long as the look.</summary>
internal sealed class EarlyProbe : IAsyncDisposable
{
    /// <summary>Headers and indexes; an index at the end of a long film takes some megabytes.</summary>
    private const long MaxBytes = 64L << 20;

    /// <summary>How long the look may take: a look-up should not wait for a slow origin.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(15);

    /// <summary>A server that nobody asks anything keeps no idle process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RangeRelay _relay;
    private readonly CancellationTokenSource _end;
    private readonly Task<ProbedMedia> _probing;

    public EarlyProbe(EgressGate gate, Ffprobe ffprobe, TimeProvider time)
    {
        _relay = new RangeRelay(gate, MaxBytes);
        _end = new CancellationTokenSource(Patience, time);
        _probing = ffprobe.ProbeAsync(_relay.Address, Timeout.InfiniteTimeSpan, _end.Token);
    }

    /// <summary>Ends its patience, so that it does not run out between this and the look.</summary>
    /// <returns>False where it has run out, or the process died of anything else: it looks into nothing any more.</returns>
    public bool TryReserve()
    {
        _end.CancelAfter(LookTime);
        return !_end.IsCancellationRequested && !_probing.IsCompleted;
    }

    /// <summary>What the origin calls the state of the file that was looked into.</summary>
    public string? Version => _relay.Version;

    /// <summary>Looks into a file; once.</summary>
    /// <param name="remote">The file.</param>
    /// <param name="opened">What its origin has answered to who asked for all of it, where it was asked already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MediaException">What the source did wrong, or <c>source_timeout</c>.</exception>
    public async Task<ProbedMedia> LookAsync(
        RemoteFile remote,
        HttpResponseMessage? opened,
        CancellationToken cancellationToken
    )
    {
        _end.CancelAfter(LookTime);
        _relay.Offer(remote, opened);
        try
        {
            return await _probing.WaitAsync(cancellationToken);
        }
        catch (MediaException) when (_relay.Failure is { } cause)
        {
            // ffprobe only knows that it got nothing; the relay knows why.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"The media file could not be read within {LookTime.TotalSeconds:0} seconds."
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await ((Task)_probing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _relay.DisposeAsync();
        _end.Dispose();
    }
}
