using Decant.Server.Jobs;

namespace Decant.Server.Stats;

/// <summary>A caller's downloads in numbers. Every accepted download counts; seconds and credits are those of delivered ones.</summary>
internal sealed record StatsResponse
{
    /// <summary>Accepted downloads, in whatever state.</summary>
    public required int TotalDownloads { get; init; }

    /// <summary>Seconds of media delivered.</summary>
    public required double TotalDuration { get; init; }

    /// <summary>Price of all downloads in credits, also where a wallet paid.</summary>
    public required long TotalCreditsUsed { get; init; }

    /// <summary>Number of downloads by platform.</summary>
    public required IReadOnlyDictionary<string, int> DownloadsByPlatform { get; init; }

    /// <summary>Number of downloads by container.</summary>
    public required IReadOnlyDictionary<string, int> DownloadsByFormat { get; init; }

    /// <summary>The newest ten, in whatever state.</summary>
    public required IReadOnlyList<RecentDownload> RecentDownloads { get; init; }
}

/// <summary>A download, in short.</summary>
/// <param name="Id">Number of its job.</param>
/// <param name="Title">The custom title, else the source's.</param>
/// <param name="Platform">Platform of the medium, such as <c>youtube</c>.</param>
/// <param name="Status"><c>PROCESSING</c> until it has ended.</param>
/// <param name="CreatedAt">Time of acceptance (UTC).</param>
internal sealed record RecentDownload(
    long Id,
    string? Title,
    string Platform,
    JobStatus Status,
    DateTimeOffset CreatedAt
);
