using Microsoft.AspNetCore.Builder;

namespace Decant.Server.RateLimits;

/// <summary>The documents' per-minute limits by name, and some for what the documents do not have; each is a setting under <c>RateLimits</c>.</summary>
internal enum RateLimit
{
    PublicInfo,
    PublicDownload,
    Info,
    Preview,
    Download,
    Bulk,
    JobStatus,
    JobManagement,
    Account,
    SignIn,
    Unauthenticated,
}

/// <summary>Marks an endpoint with its limit.</summary>
internal sealed record RateLimitMetadata(RateLimit Limit);

internal static class RateLimitEndpoints
{
    /// <summary>Counts each call of the endpoint against a limit, per key or account, or per client address for public calls.</summary>
    public static TBuilder Limit<TBuilder>(this TBuilder builder, RateLimit limit)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RateLimitMetadata(limit)));
        return builder;
    }
}
