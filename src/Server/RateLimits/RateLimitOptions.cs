using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.RateLimits;

/// <summary>Settings under <c>RateLimits</c>: requests a minute; 0 switches one off. The defaults are the documents'.</summary>
[Unit("requests a minute")]
internal sealed class RateLimitOptions
{
    private const int Most = 1_000_000;

    /// <summary>Look-ups without a credential, per client address.</summary>
    [Range(0, Most)]
    public int PublicInfo { get; init; } = 60;

    /// <summary>Downloads without a credential, per client address.</summary>
    [Range(0, Most)]
    public int PublicDownload { get; init; } = 10;

    /// <summary>Look-ups, per key or account.</summary>
    [Range(0, Most)]
    public int Info { get; init; } = 30;

    /// <summary>Pictures of media that were looked up.</summary>
    [Range(0, Most)]
    public int Preview { get; init; } = 120;

    /// <summary>Downloads and thumbnails, per key or account.</summary>
    [Range(0, Most)]
    public int Download { get; init; } = 10;

    /// <summary>Bulk downloads, per key or account.</summary>
    [Range(0, Most)]
    public int Bulk { get; init; } = 3;

    /// <summary>Readings of jobs and lists, per key or account.</summary>
    [Range(0, Most)]
    public int JobStatus { get; init; } = 60;

    /// <summary>Changes of jobs, per key or account.</summary>
    [Range(0, Most)]
    public int JobManagement { get; init; } = 30;

    /// <summary>Balances, histories, prices.</summary>
    [Range(0, Most)]
    public int Account { get; init; } = 60;

    /// <summary>Passwords and refresh tokens tried, per client address.</summary>
    [Range(0, Most)]
    public int SignIn { get; init; } = 20;

    /// <summary>Calls without a good credential where one is needed, per client address.</summary>
    [Range(0, Most)]
    public int Unauthenticated { get; init; } = 60;

    public int Of(RateLimit limit) =>
        limit switch
        {
            RateLimit.PublicInfo => PublicInfo,
            RateLimit.PublicDownload => PublicDownload,
            RateLimit.Info => Info,
            RateLimit.Preview => Preview,
            RateLimit.Download => Download,
            RateLimit.Bulk => Bulk,
            RateLimit.JobStatus => JobStatus,
            RateLimit.JobManagement => JobManagement,
            RateLimit.Account => Account,
            RateLimit.SignIn => SignIn,
            RateLimit.Unauthenticated => Unauthenticated,
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, null),
        };
}
