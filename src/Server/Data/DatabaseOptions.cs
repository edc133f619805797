using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Data;

/// <summary>Settings under <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>Longest wait of a start for a database that is out of reach, such as one that starts at the same time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
