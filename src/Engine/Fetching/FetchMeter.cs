using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;

namespace Decant.Engine.Fetching;

/// <summary>Watches bytes go by: tells the progress, and ends a fetch that crawls.</summary>
internal sealed class FetchMeter(IProgress<FetchProgress> progress, FetchLimits limits, string host, TimeProvider time)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly SlidingRate _shown = new(TimeSpan.FromSeconds(3), time);
    private readonly SlidingRate _long = new(limits.RateWindow, time);
    private long? _reportedAt;
    private TimeSpan? _duration;

    /// <summary>Raises the length to what was found, whatever was said before.</summary>
    /// <param name="length">Playing time; null where nothing says so.</param>
    public void Found(TimeSpan? length)
    {
        lock (_lock)
        {
            _duration = length > (_duration ?? TimeSpan.Zero) ? length : _duration;
        }
    }

    /// <param name="bytes">Just received.</param>
    /// <param name="arrived">Bytes of the file that are here, with them.</param>
    /// <param name="total">Size of the file, where known.</param>
    /// <exception cref="FetchException">Below the minimum rate for a whole window.</exception>
    public void Add(int bytes, long arrived, long? total)
    {
        lock (_lock)
        {
            Count(bytes, arrived, total);
        }
    }

    /// <summary>The last word, whatever was said before.</summary>
    public void Finish(long size)
    {
        lock (_lock)
        {
            progress.Report(new FetchProgress(size, size, _shown.BytesPerSecond) { Duration = _duration });
        }
    }

    private void Count(int bytes, long arrived, long? total)
    {
        _shown.Add(bytes);
        _long.Add(bytes);
        if (_long.IsSettled && _long.BytesPerSecond < limits.MinimumRate)
        {
            throw new FetchException(
                MediaError.SourceTimeout,
                $"'{host}' sends less than {limits.MinimumRate} bytes a second."
            );
        }
        if (_reportedAt is not { } at || time.GetElapsedTime(at) >= ReportEvery || arrived == total)
        {
            _reportedAt = time.GetTimestamp();
            progress.Report(new FetchProgress(arrived, total, _shown.BytesPerSecond) { Duration = _duration });
        }
    }
}
