using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Counts of platforms' answers to look-ups, added up until they are taken.</summary>
public sealed class LookUpTally(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<(string Platform, string? Code), LookUpCount> _counts = [];

    /// <param name="url">The page.</param>
    /// <param name="error">Error of the look-up; null where it did not. What is our own fault says nothing of the platform, and is not counted.</param>
    public void Add(Uri url, MediaError? error)
    {
        if (error != MediaError.Overloaded && error != MediaError.BlockedAddress)
        {
            Add(new LookUpCount(Platform.Of(url).Name, error?.Code, 1, time.GetUtcNow()));
        }
    }

    /// <summary>Adds what could not be written down.</summary>
    public void Add(LookUpCount count)
    {
        lock (_gate)
        {
            var key = (count.Platform, count.Code);
            _counts[key] = _counts.TryGetValue(key, out var before)
                ? before with
                {
                    Count = before.Count + count.Count,
                    LastAt = before.LastAt > count.LastAt ? before.LastAt : count.LastAt,
                }
                : count;
        }
    }

    /// <returns>What has been counted since this was last asked.</returns>
    public IReadOnlyCollection<LookUpCount> Take()
    {
        lock (_gate)
        {
            var taken = _counts.Values;
            _counts = [];
            return taken;
        }
    }
}

/// <param name="Platform">Platform by its name in the API.</param>
/// <param name="Code">The error's; null for success.</param>
/// <param name="Count">Number of look-ups.</param>
/// <param name="LastAt">Time at which the last of them ended.</param>
public sealed record LookUpCount(string Platform, string? Code, long Count, DateTimeOffset LastAt);
