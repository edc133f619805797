using System.ComponentModel.DataAnnotations;
using Decant.Engine.Errors;

namespace Decant.Server.Platforms.Circuits;

/// <summary>Settings under <c>Platforms</c>: how a platform that refuses this server is left alone.</summary>
internal sealed class CircuitOptions
{
    /// <summary>Refusals (bot checks, 429) without a success between that open a platform's circuit.</summary>
    [Range(1, 1000)]
    public int RefusalsToOpen { get; init; } = 3;

    /// <summary>How long it is left alone at first; each time twice as long. A longer <c>Retry-After</c> of its own counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest it is left alone, whatever it says.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long whoever was refused leaves the platform alone while its circuit is not open.</summary>
    public TimeSpan PauseAfter(MediaException refusal) =>
        refusal.RetryAfter is { } asked && asked > TimeSpan.Zero
            ? (asked < LongestPause ? asked : LongestPause)
            : Pause;

    /// <summary>How long the one who tries again has to find out.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan TrialTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a job may be parked before it fails with what its platform said.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromDays(1);
}
