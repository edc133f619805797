namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Cancels a fetch whose bytes have come too slowly for a whole minute.</summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource cancellation;
    private readonly ITimer timer;
    private readonly long leastBytes;
    private long received;
    private long receivedBefore;

    /// <param name="minimumRate">Bytes a second.</param>
    /// <param name="time">Measures the minute.</param>
    /// <param name="cancellationToken">Cancels <see cref="Token"/> too.</param>
    public StallWatch(long minimumRate, TimeProvider time, CancellationToken cancellationToken)
    {
        leastBytes = minimumRate * (long)Window.TotalSeconds;
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer = time.CreateTimer(_ => Look(), null, Window, Window);
    }

    public CancellationToken Token => cancellation.Token;

    public bool Stalled { get; private set; }

    /// <param name="bytes">Received so far.</param>
    public void Advance(long bytes) => Interlocked.Exchange(ref received, bytes);

    public void Dispose()
    {
        timer.Dispose();
        cancellation.Dispose();
    }

    private void Look()
    {
        var now = Interlocked.Read(ref received);
        if (now - receivedBefore < leastBytes)
        {
            Stalled = true;
            cancellation.Cancel();
        }

        receivedBefore = now;
    }
}
