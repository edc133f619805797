namespace Decant.Engine.Fetching.Crews;

/// <summary>Gives a connection up that says nothing. How long it may be silent can change while it is: others may come who can do its part.</summary>
internal sealed class SilenceWatch : IAsyncDisposable
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    private readonly Func<TimeSpan> _patience;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer _timer;
    private long _heardAt;

    /// <param name="patience">Patience with the connection, as things are now.</param>
    /// <param name="time">Clock that measures it.</param>
    /// <param name="cancellationToken">Cancels <see cref="Token"/> too.</param>
    public SilenceWatch(Func<TimeSpan> patience, TimeProvider time, CancellationToken cancellationToken)
    {
        (_patience, _time) = (patience, time);
        _heardAt = time.GetTimestamp();
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var every = patience() / 4 < LongestLook ? patience() / 4 : LongestLook;
        _timer = time.CreateTimer(_ => Look(), null, every, every);
    }

    public CancellationToken Token => _cancellation.Token;

    public void Heard() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        // Waits for a look under way, which would find its token gone.
        await _timer.DisposeAsync();
        _cancellation.Dispose();
    }

    private void Look()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _heardAt)) >= _patience())
        {
            _cancellation.Cancel();
        }
    }
}
