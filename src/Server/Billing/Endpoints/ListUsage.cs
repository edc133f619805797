using System.Globalization;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/credits/usage</c> and <c>…/api-wallet/usage</c>.</summary>
internal static class ListUsage
{
    /// <summary>Last page that can be asked for, so that the number of rows before it is still a whole number of 32 bits.</summary>
    private const int MostPages = 1_000_000;

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
                entry => new CreditEntry(
                    entry.Id,
                    entry.Kind,
                    entry.JobId,
                    entry.Amount,
                    entry.Balance,
                    entry.Note,
                    entry.CreatedAt
                ),
                cancellationToken
            )
        );

    public static async Task<Ok<WalletUsage>> OfWalletAsync(
        [AsParameters] UsageFilter filter,
        string? page,
        HttpContext context,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var number = QueryText.ReadNumber("page", page, 1, MostPages);
        if (number is { } wanted)
        {
            var (size, skipped) = filter.ReadPage();
            filter =
                skipped == 0
                    ? filter with
                    {
                        Skip = ((wanted - 1) * size).ToString(CultureInfo.InvariantCulture),
                    }
                    : throw ApiException.Invalid("skip", "A page says where it begins; leave skip out.");
        }

        var usage = await ReadAsync(filter, caller, Purse.Wallet, statement, WalletEntry.Of, cancellationToken);
        var (charges, count) = await ReadChargesAsync(
            filter,
            caller,
            statement,
            isCounted: number is not null,
            cancellationToken
        );
        return TypedResults.Ok(
            new WalletUsage(
                usage.Items,
                [.. charges.Select(UsageLog.Of)],
                count ?? usage.Total,
                usage.Limit,
                usage.Skip,
                (usage.Skip / usage.Limit) + 1
            )
        );
    }

    /// <returns>A page of the wallet's charges and, where that is wanted, how many there are on all pages.</returns>
    private static async Task<(IReadOnlyList<JobCharge> Page, int? Count)> ReadChargesAsync(
        UsageFilter filter,
        Caller caller,
        Statement statement,
        bool isCounted,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = filter.ReadPage();
        var all = statement.Entries(caller.AccountId, Purse.Wallet);
        var entries = filter.Apply(all);
        var charges = Statement.Charges(entries);
        if (ReferenceEquals(entries, all))
        {
            // Each charge has its place among them, and the newest entry says how many there are.
            var newest = await statement.NewestAsync(caller.AccountId, Purse.Wallet, cancellationToken);
            var first = newest.Charges - skip;
            var page = charges
                .Where(entry => entry.Charges <= first)
                .OrderByDescending(entry => entry.Charges)
                .Take(limit);
            return (
                await statement.WithLengths(page).ToListAsync(cancellationToken),
                isCounted ? (int)newest.Charges : null
            );
        }

        var some = charges.OrderByDescending(entry => entry.Number).Skip(skip).Take(limit);
        return (
            await statement.WithLengths(some).ToListAsync(cancellationToken),
            isCounted ? await charges.CountAsync(cancellationToken) : null
        );
    }

    private static async Task<Usage<TEntry>> ReadAsync<TEntry>(
        UsageFilter filter,
        Caller caller,
        Purse purse,
        Statement statement,
        Func<LedgerEntry, TEntry> show,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = filter.ReadPage();
        var all = statement.Entries(caller.AccountId, purse);
        var entries = filter.Apply(all);
        if (ReferenceEquals(entries, all))
        {
            // The numbers have no gaps: a page is found by its first, and the newest says how many there are.
            var newest = await statement.NewestAsync(caller.AccountId, purse, cancellationToken);
            var first = newest.Number - skip;
            return await PageAsync(all.Where(entry => entry.Number <= first), newest.Number, 0);
        }

        return await PageAsync(entries, await entries.LongCountAsync(cancellationToken), skip);

        async Task<Usage<TEntry>> PageAsync(IQueryable<LedgerEntry> from, long total, int leftOut)
        {
            var page = await from.OrderByDescending(entry => entry.Number)
                .Skip(leftOut)
                .Take(limit)
                .ToListAsync(cancellationToken);
            return new Usage<TEntry>([.. page.Select(show)], (int)total, limit, skip);
        }
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
/// <param name="Note">Reason, for grants.</param>
/// <param name="CreatedAt">Time of the entry (UTC).</param>
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
/// <param name="Note">Reason, for grants.</param>
/// <param name="CreatedAt">Time of the entry (UTC).</param>
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
)
{
    public static WalletEntry Of(LedgerEntry entry) =>
        new(
            entry.Id,
            entry.Kind,
            entry.JobId,
            entry.Amount,
            Usd.FromCents(entry.Amount),
            entry.Balance,
            Usd.FromCents(entry.Balance),
            entry.Note,
            entry.CreatedAt
        );
}
