using Decant.Engine.Egress;
using Decant.Engine.Errors;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Cancels a look-up whose site keeps it waiting and sends next to nothing: others wait for its turn.</summary>
internal sealed class DripWatch : IAsyncDisposable
{
    /// <summary>Bytes of a page that is on its way, within the time of silence.</summary>
    private const long Least = 1024;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly EgressLease _lease;
    private readonly TimeSpan _silence;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationToken _callers;
    private readonly ITimer _timer;
    private long _since;
    private long _receivedThen;
    private bool _dripped;

    /// <param name="lease">The look-up's way to the network, which counts what comes.</param>
    /// <param name="silence">Longest time in which less than a kilobyte may come while the site is waited for.</param>
    /// <param name="time">Clock that measures it.</param>
    /// <param name="cancellationToken">Cancels <see cref="Token"/> too.</param>
    public DripWatch(EgressLease lease, TimeSpan silence, TimeProvider time, CancellationToken cancellationToken)
    {
        (_lease, _silence, _time, _callers) = (lease, silence, time, cancellationToken);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, Every, Every);
    }

    public CancellationToken Token => _cancellation.Token;

    /// <exception cref="MediaException"><c>source_timeout</c> where the site was given up.</exception>
    public async Task<T> WatchAsync<T>(Task<T> lookUp, Uri url)
    {
        try
        {
            return await lookUp;
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _dripped) && !_callers.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"{url.Host} sent less than {Least} bytes in {_silence.TotalSeconds:0} s while it was looked up; try again later."
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Waits for a look under way, which would find its token gone.
        await _timer.DisposeAsync();
        _cancellation.Dispose();
    }

    private void Look()
    {
        var received = _lease.BytesReceived;
        // Without an open connection it reads and computes, and what that may take is another's to limit.
        if (!_lease.IsWaiting || received - _receivedThen >= Least)
        {
            (_since, _receivedThen) = (_time.GetTimestamp(), received);
        }
        else if (_time.GetElapsedTime(_since) >= _silence)
        {
            Volatile.Write(ref _dripped, true);
            _cancellation.Cancel();
        }
    }
}
