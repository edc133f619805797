namespace Decant.Server.RateLimits;

/// <summary>The calls of one client within the last minute, over all nodes.</summary>
internal sealed class CallCount
{
    public required string Client { get; init; }
    public required string Limit { get; init; }

    /// <summary>Times of the calls, in microseconds since 1970 by the database's clock.</summary>
    public required long[] Calls { get; init; }
}
