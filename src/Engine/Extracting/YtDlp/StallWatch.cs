namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Cancels a fetch whose bytes have come too slowly for a whole minute.</summary>
internal sealed class StallWatch : IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer _timer;
    private readonly long _leastBytes;
    private long _received;
    private long _receivedBefore;

    /// <param name="minimumRate">Bytes a second.</param>
    /// <param name="time">Clock that measures the minute.</param>
    /// <param name="cancellationToken">Cancels <see cref="Token"/> too.</param>
    public StallWatch(long minimumRate, TimeProvider time, CancellationToken cancellationToken)
    {
        _leastBytes = minimumRate * (long)Window.TotalSeconds;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(_ => Look(), null, Window, Window);
    }

    public CancellationToken Token => _cancellation.Token;

    public bool Stalled { get; private set; }

    /// <param name="bytes">Bytes received so far.</param>
    public void Advance(long bytes) => Interlocked.Exchange(ref _received, bytes);

    public async ValueTask DisposeAsync()
    {
        // Waits for a look under way, which would find its token gone.
        await _timer.DisposeAsync();
        _cancellation.Dispose();
    }

    private void Look()
    {
        var now = Interlocked.Read(ref _received);
        if (now - _receivedBefore < _leastBytes)
        {
            Stalled = true;
            _cancellation.Cancel();
        }

        _receivedBefore = now;
    }
}
