using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Downloads;

/// <summary>Settings under <c>Downloads</c>.</summary>
internal sealed class DownloadOptions
{
    /// <summary>Time for which the entries of a list are looked up one by one before the download is answered. Those whose turn has not come
    /// by then are accepted as the list itself describes them, and looked up when their jobs run.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ListPatience { get; init; } = TimeSpan.FromSeconds(10);
}
