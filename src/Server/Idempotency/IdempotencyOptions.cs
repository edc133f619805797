using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Idempotency;

/// <summary>Settings under <c>Idempotency</c>.</summary>
internal sealed class IdempotencyOptions
{
    /// <summary>Retention of an answer for repetitions of its request.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Longest time that a repetition waits for the first request's answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan WaitFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after its last sign of life at which a request counts as dead. Less than a repetition waits, so that the
    /// repetition of one that died with its server simply takes its place.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Interval at which expired answers are removed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanEvery { get; init; } = TimeSpan.FromMinutes(10);
}
