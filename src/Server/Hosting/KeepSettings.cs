using System.ComponentModel.DataAnnotations;
using Decant.Engine;
using Decant.Server.Data;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Keep</c>: what was fetched and made is kept for a while, so that nobody waits for it twice.</summary>
internal sealed class KeepSettings
{
    private const string Folder = "kept";

    /// <summary>Bytes of all that is kept; 0 keeps nothing.</summary>
    [Range(0, long.MaxValue)]
    [Unit("bytes")]
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Lifetime of a cached file since it was last asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <returns>Null where nothing is to be kept.</returns>
    public KeepOptions? ToOptions(DataDirectory data) =>
        MaxBytes == 0 ? null : new KeepOptions(data.Folder(Folder)) { MaxBytes = MaxBytes, TimeToLive = TimeToLive };
}
