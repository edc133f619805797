using Decant.Server.Hosting;

namespace Decant.Server.RateLimits;

/// <summary>Removes the counts of clients that call no more.</summary>
internal sealed class RateLimitJanitor(SharedRateLimiter limiter, TimeProvider time, ILogger<RateLimitJanitor> logger)
    : Janitor(RateLimiter.Window, time, logger)
{
    public override Task CleanAsync(CancellationToken cancellationToken) => limiter.CleanAsync(cancellationToken);
}
