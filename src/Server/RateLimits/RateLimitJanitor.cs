using Decant.Server.Background;

namespace Decant.Server.RateLimits;

/// <summary>Removes the counts of clients that call no more.</summary>
internal sealed class RateLimitJanitor(SharedRateLimiter limiter, LoopServices services)
    : PeriodicLoop(RateLimiter.Window, services)
{
    public override Task RunAsync(CancellationToken cancellationToken) => limiter.CleanAsync(cancellationToken);
}
