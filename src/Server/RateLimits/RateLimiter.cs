using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Decant.Server.RateLimits;

/// <summary>Counts calls by client, on this node.</summary>
/// <remarks>
/// Two generations of logs: a client that calls is carried into the young one, and the old one is dropped whole every
/// minute. Nothing is swept, and what a flood of addresses leaves behind is gone after two minutes.
/// </remarks>
internal sealed class RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time) : IRateLimiter
{
    /// <summary>Clients of one generation (about 200 bytes each); more of them begin a new one early.</summary>
    private const int MostClients = 200_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly long _window = (long)(Window.TotalSeconds * time.TimestampFrequency);
    private readonly Lock _turning = new();
    private volatile Generations _generations = new(new(), time.GetTimestamp());

    public ValueTask<Verdict> TakeAsync(RateLimit limit, ClientId client, CancellationToken cancellationToken) =>
        new(TakeHere(limit, client));

    public Verdict TakeHere(RateLimit limit, ClientId client)
    {
        var now = time.GetTimestamp();
        var log = Turn(now).LogOf((limit, client));
        var quota = log.Take(options.Value.Of(limit), now, _window);
        return new Verdict(
            quota.Allowed,
            quota.Remaining,
            TimeSpan.FromSeconds((double)quota.Reset / time.TimestampFrequency)
        );
    }

    private Generations Turn(long now)
    {
        if (!_generations.IsOver(now, _window))
        {
            return _generations;
        }

        lock (_turning)
        {
            if (_generations.IsOver(now, _window))
            {
                _generations = new Generations(_generations.Young, now);
            }

            return _generations;
        }
    }

    private sealed class Generations(ConcurrentDictionary<(RateLimit, ClientId), CallLog> old, long began)
    {
        private int _clients;

        public ConcurrentDictionary<(RateLimit, ClientId), CallLog> Young { get; } = new();

        public bool IsOver(long now, long window) => now - began >= window || _clients > MostClients;

        public CallLog LogOf((RateLimit, ClientId) key)
        {
            if (Young.TryGetValue(key, out var log))
            {
                return log;
            }

            // Counted here, since the dictionary's own Count locks all of it.
            Interlocked.Increment(ref _clients);
            return Young.GetOrAdd(key, old.TryGetValue(key, out var known) ? known : new CallLog());
        }
    }
}
