using Decant.Server.Money;

namespace Decant.Server.Billing.Endpoints;

/// <summary>A page of the wallet's history, newest first: its entries, and its charges in the hosted service's words.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Logs">The charges, one for each job.</param>
/// <param name="Total">Number of entries on all pages; where <c>page</c> was asked for, of <c>logs</c>.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of entries, and of charges, that were skipped.</param>
/// <param name="Page">Number of the page, from 1.</param>
internal sealed record WalletUsage(
    IReadOnlyList<WalletEntry> Items,
    IReadOnlyList<UsageLog> Logs,
    int Total,
    int Limit,
    int Skip,
    int Page
);

/// <summary>A charge for a job.</summary>
/// <param name="Id">Number of the ledger entry.</param>
/// <param name="ServiceType"><c>media_extraction</c>.</param>
/// <param name="JobId">The job, which may be deleted by now.</param>
/// <param name="DurationMinutes">Minutes that were delivered; 0 for a thumbnail, null where the job is deleted.</param>
/// <param name="AmountCents">Price, in US cents.</param>
/// <param name="AmountUsd">The same, written as <c>$0.04</c>.</param>
/// <param name="CreatedAt">Time of the charge (UTC).</param>
internal sealed record UsageLog(
    long Id,
    string ServiceType,
    long JobId,
    double? DurationMinutes,
    long AmountCents,
    string AmountUsd,
    DateTimeOffset CreatedAt
)
{
    public static UsageLog Of(JobCharge charge) =>
        new(
            charge.Id,
            Billing.ServiceType.MediaExtraction,
            charge.JobId,
            charge.Seconds is { } seconds ? Math.Round(seconds / 60, 3) : null,
            charge.Amount,
            Usd.FromCents(charge.Amount),
            charge.CreatedAt
        );
}
