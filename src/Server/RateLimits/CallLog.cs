namespace Decant.Server.RateLimits;

/// <summary>
/// The calls of one client within the last minute. A log and not a counter that is reset on the minute: with that,
/// twice the limit would pass around the reset.
/// </summary>
internal sealed class CallLog
{
    private readonly Queue<long> _calls = new();

    /// <summary>Counts a call, unless there were as many as allowed already.</summary>
    /// <param name="limit">Calls in a window.</param>
    /// <param name="now">Time of the call, in the unit of <paramref name="window"/>.</param>
    /// <param name="window">Length of the window.</param>
    public Quota Take(int limit, long now, long window)
    {
        lock (_calls)
        {
            while (_calls.TryPeek(out var oldest) && oldest <= now - window)
            {
                _calls.Dequeue();
            }

            var allowed = _calls.Count < limit;
            if (allowed)
            {
                _calls.Enqueue(now);
            }

            return new Quota(allowed, limit - _calls.Count, _calls.Peek() + window - now);
        }
    }
}

/// <param name="Allowed">The call is within the limit.</param>
/// <param name="Remaining">Calls that may follow at once.</param>
/// <param name="Reset">Time until one more call than <paramref name="Remaining"/> is allowed.</param>
internal readonly record struct Quota(bool Allowed, int Remaining, long Reset);
