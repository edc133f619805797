namespace Decant.Engine.Fetching;

/// <summary>How many connections one fetch should have: more while more bring more, fewer when they do not.</summary>
internal sealed class ConnectionCount(int most, TimeProvider time)
{
    /// <summary>What a new number of connections must bring over the last to be kept.</summary>
    private const double WorthIt = 1.1;

    /// <summary>Long enough for a rate to be told from noise.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(150);

    /// <summary>After more connections brought nothing, how long until it is tried again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private int _most = most;
    private int _before = 1;
    private double _rateBefore;
    private (long At, long Bytes)? _since;
    private long _changedAt = time.GetTimestamp();
    private TimeSpan _settling;
    private TimeSpan _rest;

    public int Target { get; private set; } = 1;

    /// <summary>Looks at what has come.</summary>
    /// <param name="arrived">Bytes that are here.</param>
    /// <param name="left">Bytes still to come.</param>
    /// <param name="latency">From asking to being answered.</param>
    public void Observe(long arrived, long left, TimeSpan latency)
    {
        // New connections have to be opened and asked before they count.
        if (time.GetElapsedTime(_changedAt) < _settling)
        {
            return;
        }
        var (at, bytes) = _since ??= (time.GetTimestamp(), arrived);
        var elapsed = time.GetElapsedTime(at);
        if (elapsed < Window || elapsed < _rest)
        {
            return;
        }
        var rate = (arrived - bytes) / elapsed.TotalSeconds;
        if (Target > _before && rate < _rateBefore * WorthIt)
        {
            _rest = Rest;
            Change(_before, latency);
            return;
        }
        _rest = TimeSpan.Zero;
        _since = null;
        // What is over before new connections have paid for themselves is left alone.
        var isLong = left > rate * Math.Max(4 * latency.TotalSeconds, Window.TotalSeconds);
        var more = Math.Min(Target == 1 ? 4 : Target * 2, _most);
        if (isLong && more > Target)
        {
            (_before, _rateBefore) = (Target, rate);
            Change(more, latency);
        }
    }

    /// <summary>The origin would not have one more.</summary>
    /// <param name="stillThere">How many it has.</param>
    public void Refused(int stillThere)
    {
        _most = Math.Max(1, Math.Min(_most, stillThere));
        Target = Math.Min(Target, _most);
        _before = Math.Min(_before, _most);
    }

    private void Change(int target, TimeSpan latency)
    {
        Target = target;
        _settling = 2 * latency + TimeSpan.FromMilliseconds(50);
        _changedAt = time.GetTimestamp();
        _since = null;
    }
}
