namespace Decant.Server.RateLimits;

/// <summary>Counts calls by client: on this node (<see cref="RateLimiter"/>), or over all nodes (<see cref="SharedRateLimiter"/>).</summary>
internal interface IRateLimiter
{
    /// <summary>Counts a call, unless there were as many within the last minute as are allowed.</summary>
    /// <param name="limit">The limit, which is not switched off.</param>
    /// <param name="client">Client that makes the call.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    ValueTask<Verdict> TakeAsync(RateLimit limit, ClientId client, CancellationToken cancellationToken);
}

/// <param name="Allowed">The call is within the limit.</param>
/// <param name="Remaining">Calls that may follow at once.</param>
/// <param name="Reset">Time until one more call than <paramref name="Remaining"/> is allowed.</param>
internal readonly record struct Verdict(bool Allowed, int Remaining, TimeSpan Reset);
