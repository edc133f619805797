using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Files;

/// <summary>Settings under <c>Files</c>.</summary>
internal sealed class FilesOptions
{
    /// <summary>Lifetime of files; the job outlives them.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Longest lifetime of a link; never longer than the file's.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan LinkTimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Interval at which expired files are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanEvery { get; init; } = TimeSpan.FromMinutes(1);
}
