namespace Decant.Server.RateLimits;

/// <summary>Counts calls by client: on this node (<see cref="RateLimiter"/>), or over all nodes (<see cref="SharedRateLimiter"/>).</summary>
internal interface IRateLimiter
{
    /// <summary>Counts a call, unless there were as many within the last minute as are allowed.</summary>
    /// <param name="limit">Which limit; it is not switched off.</param>
    /// <param name="client">Whose call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<Verdict> TakeAsync(RateLimit limit, ClientId client, CancellationToken cancellationToken);
}

/// <param name="Allowed">Whether this call may go on.</param>
/// <param name="Remaining">Calls that may follow at once.</param>
/// <param name="Reset">Until a call more may be made than <paramref name="Remaining"/> says.</param>
internal readonly record struct Verdict(bool Allowed, int Remaining, TimeSpan Reset);
