namespace Decant.Engine;

/// <summary>Turns bytes and frames into one percentage that never falls.</summary>
internal sealed class ProgressMeter(IProgress<EngineProgress> progress, TimeProvider time)
{
    private const double FetchFrom = 5;
    private const double ConvertFrom = 70;
    private const double ConvertTo = 98;

    /// <summary>Bytes (or time) after which a bar without a known end has closed half of what is left.</summary>
    private const double HalfwayBytes = 32 << 20;
    private static readonly TimeSpan HalfwayTime = TimeSpan.FromMinutes(1);

    /// <summary>Reports closer together than this tell nobody more.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private double _fetchShare;
    private double _convertShare;
    private bool _isOverlapping;
    private EngineProgress _last = new(EngineStage.Resolving, -1);
    private long _lastTime;

    /// <summary>Converting goes on beside fetching: both move the bar, and the stage is that of fetching until it is over.</summary>
    public bool IsOverlapping
    {
        get
        {
            lock (_lock)
            {
                return _isOverlapping;
            }
        }
        set
        {
            lock (_lock)
            {
                _isOverlapping = value;
            }
        }
    }

    public void Resolving() => Report(new EngineProgress(EngineStage.Resolving, 0));

    /// <param name="bytes">Bytes received so far, all sources together.</param>
    /// <param name="total">Expected, where known.</param>
    /// <param name="bytesPerSecond">Bytes a second at present, where known.</param>
    public void Fetched(long bytes, long? total, double? bytesPerSecond)
    {
        var share = total is > 0 and var all ? (double)bytes / all : Approach(bytes, HalfwayBytes);
        lock (_lock)
        {
            _fetchShare = Math.Max(_fetchShare, share);
            Report(new EngineProgress(EngineStage.Downloading, Percent(), bytes, total, bytesPerSecond));
        }
    }

    /// <param name="bytes">Bytes on the disk, all sources together.</param>
    /// <param name="recorded">Playing time of these.</param>
    /// <param name="most">Longest length to record.</param>
    public void Recorded(long bytes, TimeSpan recorded, TimeSpan most)
    {
        lock (_lock)
        {
            _fetchShare = Math.Max(_fetchShare, recorded / most);
            Report(new EngineProgress(EngineStage.Recording, Percent(), bytes) { Recorded = recorded });
        }
    }

    /// <param name="reached">Position in the medium that the output reaches.</param>
    /// <param name="duration">The medium's length, where known.</param>
    public void Converted(TimeSpan reached, TimeSpan? duration)
    {
        var share = duration is { Ticks: > 0 } all
            ? reached / all
            : Approach(reached.TotalSeconds, HalfwayTime.TotalSeconds);
        lock (_lock)
        {
            _convertShare = Math.Max(_convertShare, share);
            Report(
                _isOverlapping
                    ? _last with
                    {
                        Stage = EngineStage.Downloading,
                        Percent = Percent(),
                        Made = reached,
                    }
                    : new EngineProgress(EngineStage.Converting, Between(ConvertFrom, ConvertTo, share))
                    {
                        Made = reached,
                    }
            );
        }
    }

    /// <param name="length">Playing time of a source by its playlist or its index; null where neither says.</param>
    public void Found(TimeSpan? length)
    {
        lock (_lock)
        {
            if (length > (_last.Found ?? TimeSpan.Zero))
                Report(_last with { Found = length });
        }
    }

    public void Done() => Report(new EngineProgress(EngineStage.Converting, 100));

    private double Percent() =>
        Between(FetchFrom, ConvertFrom, _fetchShare)
        + (_isOverlapping ? Between(0, ConvertTo - ConvertFrom, _convertShare) : 0);

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    private static double Approach(double done, double halfway) => done / (done + halfway);

    private static double Between(double from, double to, double share) => from + (to - from) * Math.Clamp(share, 0, 1);

    private void Report(EngineProgress now)
    {
        // Under the lock, so that reports arrive in the order in which they rise.
        lock (_lock)
        {
            var next = now with
            {
                Stage = now.Stage > _last.Stage ? now.Stage : _last.Stage,
                Percent = Math.Max(now.Percent, _last.Percent),
                BytesFetched = Math.Max(now.BytesFetched, _last.BytesFetched),
                BytesTotal = now.BytesTotal ?? _last.BytesTotal,
                Recorded = now.Recorded ?? _last.Recorded,
                Found = Longer(now.Found, _last.Found),
                Made = Longer(now.Made, _last.Made),
            };
            var soon = _last.Percent >= 0 && time.GetElapsedTime(_lastTime) < Interval;
            if (
                soon
                && next.Found == _last.Found
                && next.Stage == _last.Stage
                && next.Percent < 100
                && next.Percent - _last.Percent < 1
            )
                return;
            (_last, _lastTime) = (next, time.GetTimestamp());
            progress.Report(next);
        }
    }
}
