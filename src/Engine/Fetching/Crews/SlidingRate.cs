namespace Decant.Engine.Fetching.Crews;

/// <summary>Bytes a second over the last while.</summary>
internal sealed class SlidingRate(TimeSpan window, TimeProvider time)
{
    private const int SamplesPerWindow = 30;

    private readonly Queue<(long At, long Total)> _samples = new([(time.GetTimestamp(), 0)]);
    private (long At, long Total) _newest = (time.GetTimestamp(), 0);
    private long _total;

    /// <summary>Rate over the window; null before enough time has passed to tell.</summary>
    public double? BytesPerSecond
    {
        get
        {
            var (at, total) = _samples.Peek();
            var elapsed = time.GetElapsedTime(at);
            return elapsed.TotalMilliseconds < 50 ? null : (_total - total) / elapsed.TotalSeconds;
        }
    }

    /// <summary>The window is full: a low rate now is no slow start.</summary>
    public bool IsSettled => time.GetElapsedTime(_samples.Peek().At) >= window;

    public void Add(int bytes)
    {
        _total += bytes;
        if (time.GetElapsedTime(_newest.At) < window / SamplesPerWindow)
        {
            return;
        }
        _newest = (time.GetTimestamp(), _total);
        _samples.Enqueue(_newest);
        // The oldest one kept is the last that lies before the window's start.
        while (_samples.Count > 1 && time.GetElapsedTime(_samples.ElementAt(1).At) >= window)
        {
            _samples.Dequeue();
        }
    }
}
