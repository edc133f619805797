using Decant.Server.Jobs;

namespace Decant.Server.Batches;

/// <summary>Jobs accepted together, summed up. Removed jobs no longer count.</summary>
internal sealed record BatchView
{
    /// <summary>The batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The list's title, where all jobs come from one list.</summary>
    public string? Title { get; init; }

    /// <summary><c>PROCESSING</c> while any job is; then <c>COMPLETED</c> where any file was made, else <c>FAILED</c> or <c>CANCELLED</c>.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Number of jobs.</summary>
    public required int Total { get; init; }

    /// <summary>Number of jobs by status; all four are always named.</summary>
    public required BatchCounts Counts { get; init; }

    /// <summary>0 to 100: the mean of the jobs', where an ended job counts as 100.</summary>
    public required double Progress { get; init; }

    /// <summary>Sum of the jobs' estimated credits.</summary>
    public required long EstimatedCredits { get; init; }

    /// <summary>Price so far in credits, also where a wallet paid.</summary>
    public required long CreditsUsed { get; init; }

    /// <summary>Amount that the API wallet has paid so far; null where it does not pay.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Bytes of the finished media.</summary>
    public required long FileSize { get; init; }

    /// <summary>Time of acceptance (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>End of the last job (UTC); null until then.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Expiry of the first of the files (UTC); null where there is none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>All files that are there now, as one zip: absolute and signed, needs no header. Null where there is none.</summary>
    public Uri? ArchiveUrl { get; init; }
}

/// <summary>Jobs by status.</summary>
/// <param name="Processing">Number of jobs that have not ended.</param>
/// <param name="Completed">Number of jobs that ended with a file.</param>
/// <param name="Failed">Number of jobs that ended with an error.</param>
/// <param name="Cancelled">Number of jobs that were stopped by their owner.</param>
internal sealed record BatchCounts(int Processing, int Completed, int Failed, int Cancelled);
