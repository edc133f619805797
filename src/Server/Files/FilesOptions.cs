using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Files;

/// <summary>Settings under <c>Files</c>.</summary>
internal sealed class FilesOptions
{
    /// <summary>How long files are kept; then the job stays without them.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How long a link handed out works, at most; never longer than the file is kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan LinkTimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often expired files are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanEvery { get; init; } = TimeSpan.FromMinutes(1);
}
