using Decant.Engine.Fetching;
using Decant.Engine.Planning;

namespace Decant.Engine;

/// <summary>Adds up the sources that are fetched side by side.</summary>
internal sealed class FetchTally(ExtractionPlan plan, ProgressMeter meter)
{
    private readonly FetchProgress[] _sources =
    [
        .. plan.Sources.Select(source => new FetchProgress(0, source.Size, null)),
    ];
    private readonly Lock _lock = new();

    public IProgress<FetchProgress> For(int source) => new DirectProgress<FetchProgress>(now => Report(source, now));

    private void Report(int source, FetchProgress now)
    {
        meter.Found(now.Duration);
        lock (_lock)
        {
            _sources[source] = now with { Total = now.Total ?? _sources[source].Total };
            meter.Fetched(
                _sources.Sum(one => one.Bytes),
                _sources.All(one => one.Total is not null) ? _sources.Sum(one => one.Total) : null,
                _sources.Sum(one => one.BytesPerSecond)
            );
        }
    }
}
