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
    [Unit("bytes")]
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of a medium, fetched or made, for a caller without a credential.</summary>
    [Range(1, long.MaxValue)]
    [Unit("bytes")]
    public long PublicMaxBytes { get; init; } = 500_000_000;

    /// <summary>Length of a medium for a caller without a credential.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan PublicMaxDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Default length of a recording.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UsualRecording { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest recording.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxRecording { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Longest outage of a live stream; after it the recording is closed and delivered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecordingOutage { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Lines of picture for a caller without a credential.</summary>
    [Range(144, 4320)]
    [Unit("lines of picture")]
    public int PublicMaxHeight { get; init; } = 1080;
}
