using Decant.Server.Jobs;

namespace Decant.Server.Stats;

/// <summary>A caller's downloads in numbers. Every accepted download counts; seconds and credits are those of delivered ones.</summary>
internal sealed record StatsResponse
{
    public required int TotalDownloads { get; init; }

    /// <summary>Seconds of media delivered.</summary>
    public required double TotalDuration { get; init; }
    public required long TotalCreditsUsed { get; init; }
    public required IReadOnlyDictionary<string, int> DownloadsByPlatform { get; init; }
    public required IReadOnlyDictionary<string, int> DownloadsByFormat { get; init; }

    /// <summary>The newest ten, in whatever state.</summary>
    public required IReadOnlyList<RecentDownload> RecentDownloads { get; init; }
}

internal sealed record RecentDownload(
    long Id,
    string? Title,
    string Platform,
    JobStatus Status,
    DateTimeOffset CreatedAt
);
