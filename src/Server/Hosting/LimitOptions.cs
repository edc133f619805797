using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Limits</c>: what one medium may be.</summary>
internal sealed class LimitOptions
{
    /// <summary>Length of a medium; null for no limit.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Bytes of a medium, fetched or made.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>Length of a medium for a caller without a credential.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan PublicMaxDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much of a live stream is recorded where the request does not say.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UsualRecording { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much of a live stream may be recorded.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxRecording { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a live stream may have nothing new, or not answer, before what was recorded of it is delivered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecordingOutage { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Lines of picture for a caller without a credential.</summary>
    [Range(144, 4320)]
    public int PublicMaxHeight { get; init; } = 1080;
}
