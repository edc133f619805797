using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Webhooks;

/// <summary>Settings under <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Endpoints an account may have.</summary>
    [Range(1, 10_000)]
    [Unit("endpoints")]
    public int MaxPerAccount { get; init; } = 20;

    /// <summary>Deadline for a receiver's answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Number of attempts before a delivery is dead-lettered.</summary>
    [Range(1, 20)]
    [Unit("attempts")]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>An endpoint that took nothing for this long is switched off.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Retention of finished deliveries in the log.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Interval at which due deliveries are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests at once from this node.</summary>
    [Range(1, 10_000)]
    [Unit("requests")]
    public int MaxAtOnce { get; init; } = 256;

    /// <summary>Requests at once from this node to one endpoint; one at a time to one that failed last.</summary>
    [Range(1, 1_000)]
    [Unit("requests")]
    public int MaxPerEndpoint { get; init; } = 4;

    /// <summary>Lifetime of a claim (lock) on a delivery: twice the deadline of an attempt, so that only a dead node loses it.</summary>
    public TimeSpan Lease => 2 * Timeout;

    /// <param name="attempts">Number of attempts so far.</param>
    /// <returns>The wait before the next one.</returns>
    public TimeSpan DelayAfter(int attempts)
    {
        var delay = RetryAfter * Math.Pow(2, attempts - 1);
        return delay < LongestRetry ? delay : LongestRetry;
    }
}
