namespace Decant.Engine.Fetching.Crews;

/// <summary>Adaptive number of connections of a fetch: more while more bring more, fewer when they do not.</summary>
/// <remarks>
/// Noise (a busy machine, a lost packet) only ever slows a fetch down. So more connections are believed as soon as one
/// measure speaks for them, and given up only when none of several does.
/// </remarks>
/// <param name="most">So many and no more.</param>
/// <param name="first">How many it begins with.</param>
/// <param name="time">For measuring.</param>
internal sealed class ConnectionCount(int most, int first, TimeProvider time)
{
    /// <summary>Gain in rate that a new number of connections must bring to be kept.</summary>
    private const double WorthIt = 1.1;

    /// <summary>Measures in a row that must speak against a new number of connections.</summary>
    private const int Doubts = 5;

    /// <summary>Length of a measurement.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    /// <summary>For so long all of them must bring less than fewer did, for the origin to have slowed.</summary>
    private static readonly TimeSpan Slump = TimeSpan.FromSeconds(2);

    /// <summary>After more connections brought nothing, how long until it is tried again; doubled each time, up to sixteen.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>After a refusal, how long until the origin is asked for one more again: it may have been an accident.</summary>
    private static readonly TimeSpan Forgiveness = TimeSpan.FromSeconds(15);

    private readonly Measure _window = new(time);
    private readonly Measure _slump = new(time);
    private readonly Stack<(int Count, double Rate)> _kept = new();
    private readonly SlowStart _start = new(Math.Min(first, most), time);
    private bool _isTrial;

    /// <summary>The number was reduced to this because more brought nothing.</summary>
    private bool _isRetreat;
    private int _doubts;
    private long _changedAt = time.GetTimestamp();
    private TimeSpan _settling;
    private int _failures;

    /// <summary>Number of connections that the origin refused, taken off the most there may be.</summary>
    private int _withheld;
    private long _refusedAt;

    public int Target { get; private set; } = Math.Min(first, most);

    /// <summary>Connections are being added without waiting for a proof that they help.</summary>
    public bool IsStarting => !_start.IsOver;

    /// <summary>Looks at what has come.</summary>
    public void Observe(FetchPace pace)
    {
        if (IsStarting)
        {
            _start.Observe(pace, most);
            Target = _start.Target;
            if (!IsStarting)
            {
                EndStart(pace.Latency);
            }
            return;
        }
        // New connections have to be opened and asked before they count.
        if (time.GetElapsedTime(_changedAt) < _settling || _window.Take(pace.Arrived, Window) is not { } rate)
        {
            return;
        }
        if (_isTrial && rate < _kept.Peek().Rate * WorthIt)
        {
            if (++_doubts == Doubts)
            {
                StepBack(pace.Latency);
            }
            return;
        }
        if (_isTrial)
        {
            _isTrial = false;
            _failures = _isRetreat ? _failures : 0;
        }
        if (_slump.Take(pace.Arrived, Slump) is { } lately && _kept.TryPeek(out var before) && lately < before.Rate)
        {
            StepBack(pace.Latency);
            return;
        }
        if (_withheld > 0 && time.GetElapsedTime(_refusedAt) >= Forgiveness)
        {
            _refusedAt = time.GetTimestamp();
            _withheld--;
        }
        var more = Math.Min(Target == 1 ? 4 : Target * 2, most - _withheld);
        var isRested = _failures == 0 || time.GetElapsedTime(_changedAt) >= Rest * (1 << (_failures - 1));
        if (pace.IsLong(rate) && more > Target && isRested)
        {
            _kept.Push((Target, rate));
            (_isTrial, _isRetreat) = (true, false);
            Change(more, pace.Latency);
        }
    }

    /// <summary>The origin would not have one more.</summary>
    /// <param name="stillThere">How many it has.</param>
    public void Refused(int stillThere)
    {
        if (IsStarting)
        {
            EndStart(default);
        }
        _refusedAt = time.GetTimestamp();
        _withheld = Math.Max(_withheld, most - Math.Max(1, stillThere));
        Target = Math.Min(Target, most - _withheld);
        while (_kept.TryPeek(out var before) && before.Count >= Target)
        {
            _kept.Pop();
            _isTrial = false;
        }
    }

    /// <summary>From now on the connections that are there have to show that they bring more than fewer did.</summary>
    private void EndStart(TimeSpan latency)
    {
        _start.End();
        foreach (var passed in _start.Passed)
        {
            _kept.Push(passed);
        }
        _isTrial = _kept.Count > 0;
        Change(Target, latency);
    }

    private void StepBack(TimeSpan latency)
    {
        _failures = Math.Min(_failures + 1, 5);
        Change(_kept.Pop().Count, latency);
        // So many may be too many, too.
        (_isTrial, _isRetreat) = (_kept.Count > 0, true);
    }

    private void Change(int target, TimeSpan latency)
    {
        Target = target;
        _doubts = 0;
        _settling = 2 * latency + TimeSpan.FromMilliseconds(50);
        _changedAt = time.GetTimestamp();
        _window.Reset();
        _slump.Reset();
    }

    /// <summary>The rate over one stretch of time after the other.</summary>
    private sealed class Measure(TimeProvider time)
    {
        private (long At, long Bytes)? _since;

        public void Reset() => _since = null;

        /// <returns>Bytes a second since the last answer; null while that is not <paramref name="length"/> ago.</returns>
        public double? Take(long bytes, TimeSpan length)
        {
            var (at, before) = _since ??= (time.GetTimestamp(), bytes);
            var elapsed = time.GetElapsedTime(at);
            if (elapsed < length)
            {
                return null;
            }
            _since = (time.GetTimestamp(), bytes);
            return (bytes - before) / elapsed.TotalSeconds;
        }
    }
}
