using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Keeps look-ups for a while and joins identical ones in flight.</summary>
internal sealed class InfoCache(TimeSpan timeToLive, TimeProvider time)
{
    /// <summary>A description with a hundred formats takes some hundred kilobytes; so do as many entries of a list as <see cref="EntriesOfOne"/>.</summary>
    public const int MaxEntries = 200;

    private const int EntriesOfOne = 200;

    /// <summary>A live stream's manifest and state change under our hands.</summary>
    private static readonly TimeSpan LiveTimeToLive = TimeSpan.FromSeconds(3);

    /// <summary>A verdict on the content (private, gone, unsupported) outlives a burst of retries and no more: its owner may be changing it.</summary>
    private static readonly TimeSpan VerdictTimeToLive = TimeSpan.FromSeconds(5);

    private readonly record struct Key(string Url, int MaxEntries, bool FromStart, string? Scope);

    private sealed record Kept(MediaInfo? Info, MediaException? Failure, DateTimeOffset Until)
    {
        /// <summary>Descriptions of one medium that take as much memory.</summary>
        public int Weight => 1 + ((Info?.Entries?.Count ?? 0) / EntriesOfOne);
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Kept> _kept = [];
    private readonly Dictionary<Key, SharedLookUp> _inFlight = [];
    private ITimer? _sweep;

    public async Task<MediaInfo> GetAsync(
        SourcePage page,
        InspectOptions options,
        Func<CancellationToken, Task<MediaInfo>> lookUp,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = new Key(page.Url.AbsoluteUri, options.MaxEntries, options.FromStart, page.Identity?.Scope);
        SharedLookUp shared;
        lock (_gate)
        {
            if (!options.BypassCache && _kept.TryGetValue(key, out var answer) && answer.Until > time.GetUtcNow())
            {
                return answer.Info ?? throw answer.Failure!.Anew();
            }

            if (!_inFlight.TryGetValue(key, out shared!) || !shared.TryJoin())
            {
                _inFlight[key] = shared = new SharedLookUp();
                shared.Begin(token => RunAsync(key, shared, lookUp, token));
            }
        }

        return await shared.WaitAsync(cancellationToken);
    }

    private async Task<MediaInfo> RunAsync(
        Key key,
        SharedLookUp shared,
        Func<CancellationToken, Task<MediaInfo>> lookUp,
        CancellationToken cancellationToken
    )
    {
        // The caller holds the lock; nothing of the look-up happens under it.
        await Task.Yield();
        try
        {
            var info = await lookUp(cancellationToken);
            Keep(key, info, null, info.IsLive ? LiveTimeToLive : timeToLive);
            return info;
        }
        catch (MediaException failure) when (!failure.MayPass)
        {
            Keep(key, null, failure, VerdictTimeToLive);
            throw;
        }
        finally
        {
            lock (_gate)
            {
                if (_inFlight.GetValueOrDefault(key) == shared)
                {
                    _inFlight.Remove(key);
                }
            }
        }
    }

    private void Keep(Key key, MediaInfo? info, MediaException? failure, TimeSpan howLong)
    {
        var lifetime = howLong < timeToLive ? howLong : timeToLive;
        if (lifetime <= TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            var fresh = new Kept(info, failure, time.GetUtcNow() + lifetime);
            _kept.Remove(key);
            while (_kept.Count > 0 && _kept.Values.Sum(one => one.Weight) + fresh.Weight > MaxEntries)
            {
                _kept.Remove(_kept.MinBy(entry => entry.Value.Until).Key);
            }

            _kept[key] = fresh;
            // Without it the last answers of a busy hour would stay in memory for good.
            _sweep ??= time.CreateTimer(_ => Sweep(), null, timeToLive, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var key in _kept.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToList())
            {
                _kept.Remove(key);
            }

            _sweep?.Dispose();
            _sweep =
                _kept.Count == 0 ? null : time.CreateTimer(_ => Sweep(), null, timeToLive, Timeout.InfiniteTimeSpan);
        }
    }
}
