namespace Decant.Engine.Fetching.Crews;

/// <summary>Shared measurements of a fetch's connections: latency, rate, answers.</summary>
internal sealed class CrewPace(TimeProvider time)
{
    private const long SmallestWorth = 64 << 10;
    private const long LargestWorth = 512 << 10;

    private readonly Lock _lock = new();
    private long _countedAt = time.GetTimestamp();
    private TimeSpan _worked;
    private long _brought;
    private int _active;
    private int _most;
    private TimeSpan? _latency;

    /// <summary>Connections at work.</summary>
    public int Active
    {
        get
        {
            lock (_lock)
            {
                return _active;
            }
        }
    }

    /// <summary>True where several connections were at work at once: an origin that refuses one may mean their number.</summary>
    public bool WasShared
    {
        get
        {
            lock (_lock)
            {
                return _most > 1;
            }
        }
    }

    /// <summary>Shortest latency from asking to being answered; null before the first answer.</summary>
    public TimeSpan? Latency
    {
        get
        {
            lock (_lock)
            {
                return _latency;
            }
        }
    }

    /// <summary>Bytes a second that one connection brings, with the time it spends asking.</summary>
    public double PerConnection
    {
        get
        {
            lock (_lock)
            {
                Count();
                return _brought / Math.Max(0.001, _worked.TotalSeconds);
            }
        }
    }

    /// <summary>Fewer bytes than this are not worth a request of their own.</summary>
    public long SmallestShare =>
        Math.Clamp((long)(PerConnection * 2 * (Latency ?? default).TotalSeconds), SmallestWorth, LargestWorth);

    public void Join(int connections)
    {
        lock (_lock)
        {
            Count();
            _active += connections;
            _most = Math.Max(_most, _active);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            Count();
            _active--;
        }
    }

    /// <param name="latency">Time from asking to being answered.</param>
    public void Answer(TimeSpan latency)
    {
        lock (_lock)
        {
            _latency = latency > _latency ? _latency : latency;
        }
    }

    public void Bring(long bytes)
    {
        lock (_lock)
        {
            _brought += bytes;
        }
    }

    private void Count()
    {
        _worked += _active * time.GetElapsedTime(_countedAt);
        _countedAt = time.GetTimestamp();
    }
}
