using Decant.Server.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/credits/usage</c> and <c>…/api-wallet/usage</c>.</summary>
internal static class ListUsage
{
    public static async Task<Ok<Usage<CreditEntry>>> OfCreditsAsync(
        [AsParameters] UsageFilter filter,
        HttpContext context,
        Statement statement,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await ReadAsync(
                filter,
                context.GetCaller(),
                Purse.Credits,
                statement,
                (entry, balance) =>
                    new CreditEntry(
                        entry.Id,
                        entry.Kind,
                        entry.JobId,
                        entry.Amount,
                        balance,
                        entry.Note,
                        entry.CreatedAt
                    ),
                cancellationToken
            )
        );

    public static async Task<Ok<Usage<WalletEntry>>> OfWalletAsync(
        [AsParameters] UsageFilter filter,
        HttpContext context,
        Statement statement,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await ReadAsync(
                filter,
                context.GetCaller(),
                Purse.Wallet,
                statement,
                (entry, balance) =>
                    new WalletEntry(
                        entry.Id,
                        entry.Kind,
                        entry.JobId,
                        entry.Amount,
                        Usd.FromCents(entry.Amount),
                        balance,
                        Usd.FromCents(balance),
                        entry.Note,
                        entry.CreatedAt
                    ),
                cancellationToken
            )
        );

    private static async Task<Usage<TEntry>> ReadAsync<TEntry>(
        UsageFilter filter,
        Caller caller,
        Purse purse,
        Statement statement,
        Func<LedgerEntry, long, TEntry> show,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = filter.ReadPage();
        var entries = filter.Apply(statement.Entries(caller.AccountId, purse));
        var total = await entries.CountAsync(cancellationToken);
        var page = await entries
            .OrderByDescending(entry => entry.Id)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        var shown = await statement.WithBalancesAsync(page, cancellationToken);
        return new Usage<TEntry>([.. shown.Select(one => show(one.Entry, one.BalanceAfter))], total, limit, skip);
    }
}

/// <summary>A page of a purse's history, newest first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Total">Number of entries on all pages.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of entries that were skipped.</param>
internal sealed record Usage<TEntry>(IReadOnlyList<TEntry> Items, int Total, int Limit, int Skip);

/// <param name="Id">The entry's number; entries of a purse follow each other in this order.</param>
/// <param name="Type">A <c>grant</c> comes in, a <c>hold</c> is set aside for a job, a <c>release</c> gives it back, a <c>charge</c> is what the job cost.</param>
/// <param name="JobId">The job, which may be deleted by now; null for grants.</param>
/// <param name="Amount">Credits, signed: what the balance gained.</param>
/// <param name="BalanceAfter">Credits that could be spent after this entry.</param>
/// <param name="Note">Why, for grants.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record CreditEntry(
    long Id,
    EntryKind Type,
    long? JobId,
    long Amount,
    long BalanceAfter,
    string? Note,
    DateTimeOffset CreatedAt
);

/// <param name="Id">The entry's number; entries of a purse follow each other in this order.</param>
/// <param name="Type">A <c>grant</c> comes in, a <c>hold</c> is set aside for a job, a <c>release</c> gives it back, a <c>charge</c> is what the job cost.</param>
/// <param name="JobId">The job, which may be deleted by now; null for grants.</param>
/// <param name="AmountCents">US cents, signed: what the balance gained.</param>
/// <param name="AmountUsd">The same, written as <c>-$0.04</c>.</param>
/// <param name="BalanceAfterCents">US cents that could be spent after this entry.</param>
/// <param name="BalanceAfterUsd">Balance after the entry, in dollars.</param>
/// <param name="Note">Why, for grants.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record WalletEntry(
    long Id,
    EntryKind Type,
    long? JobId,
    long AmountCents,
    string AmountUsd,
    long BalanceAfterCents,
    string BalanceAfterUsd,
    string? Note,
    DateTimeOffset CreatedAt
);
