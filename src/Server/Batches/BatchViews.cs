using Decant.Server.Billing;
using Decant.Server.Files;
using Decant.Server.Hosting;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Batches;

/// <summary>Sums a batch up.</summary>
internal sealed class BatchViews(Pricing pricing, FileLinks links, PublicOrigin origin)
{
    /// <param name="id">The batch.</param>
    /// <param name="jobs">Jobs of the batch, all of them; at least one.</param>
    /// <param name="request">The request that is answered, for the origin of links.</param>
    public BatchView Show(Guid id, IReadOnlyList<Job> jobs, HttpRequest request)
    {
        var counts = new BatchCounts(
            jobs.Count(job => job.Status == JobStatus.Processing),
            jobs.Count(job => job.Status == JobStatus.Completed),
            jobs.Count(job => job.Status == JobStatus.Failed),
            jobs.Count(job => job.Status == JobStatus.Cancelled)
        );
        var expires = jobs.Where(job => job.KeptFiles is not null).Min(job => job.ExpiresAt);
        return new BatchView
        {
            BatchId = id,
            Title = TitleOf(jobs),
            Status = StatusOf(counts),
            Total = jobs.Count,
            Counts = counts,
            Progress = Math.Round(jobs.Average(job => job.Status == JobStatus.Processing ? job.Progress : 100), 2),
            EstimatedCredits = jobs.Sum(EstimateOf),
            CreditsUsed = jobs.Sum(job => job.CreditsUsed ?? 0),
            CostUsd = jobs.Any(job => job.BilledTo is Purse.Wallet) ? jobs.Sum(job => job.CentsUsed ?? 0) / 100m : null,
            FileSize = jobs.Sum(job => job.FileSize ?? 0),
            CreatedAt = jobs.Min(job => job.CreatedAt),
            CompletedAt = counts.Processing > 0 ? null : jobs.Max(job => job.CompletedAt),
            ExpiresAt = expires,
            ArchiveUrl = expires is null ? null : links.ToArchive(id, expires, origin.Of(request)),
        };
    }

    /// <returns>The title of the one list that the jobs come from, where they do.</returns>
    public static string? TitleOf(IReadOnlyList<Job> jobs) =>
        jobs.All(job => job.PlaylistTitle == jobs[0].PlaylistTitle) ? jobs[0].PlaylistTitle : null;

    private static JobStatus StatusOf(BatchCounts counts) =>
        counts.Processing > 0 ? JobStatus.Processing
        : counts.Completed > 0 ? JobStatus.Completed
        : counts.Failed > 0 ? JobStatus.Failed
        : JobStatus.Cancelled;

    private long EstimateOf(Job job) =>
        job.BilledTo is null
            ? 0
            : pricing.ForMedia(job.EstimatedDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : null).Credits;
}
