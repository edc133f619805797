using System.ComponentModel.DataAnnotations;
using Decant.Engine.Errors;
using Decant.Server.Hosting;

namespace Decant.Server.Platforms.Circuits;

/// <summary>Settings under <c>Platforms</c>: how a platform that refuses this server is left alone.</summary>
internal sealed class CircuitOptions
{
    /// <summary>Refusals (bot checks, 429) without a success between that open a platform's circuit.</summary>
    [Range(1, 1000)]
    [Unit("refusals")]
    public int RefusalsToOpen { get; init; } = 3;

    /// <summary>First pause of a platform whose circuit has opened; it doubles each time, and a longer <c>Retry-After</c> goes before it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest it is left alone, whatever it says.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Pause of a job that was refused while the circuit is still closed.</summary>
    public TimeSpan PauseAfter(MediaException refusal) =>
        refusal.RetryAfter is { } asked && asked > TimeSpan.Zero
            ? (asked < LongestPause ? asked : LongestPause)
            : Pause;

    /// <summary>Deadline of a trial (half-open state).</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan TrialTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time that a job is parked before it fails with its platform's refusal.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromDays(1);
}
