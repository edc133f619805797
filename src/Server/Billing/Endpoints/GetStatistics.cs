using Decant.Server.Accounts;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/credits/usage/statistics</c> and <c>…/api-wallet/usage/statistics</c>.</summary>
internal static class GetStatistics
{
    public static async Task<Ok<UsageStatistics<CreditPeriod>>> OfCreditsAsync(
        [AsParameters] StatisticsFilter filter,
        HttpContext context,
        Statement statement,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var span = filter.Read(time.GetUtcNow());
        var periods = await ReadAsync(span, context.GetCaller(), Purse.Credits, statement, cancellationToken);
        return TypedResults.Ok(
            new UsageStatistics<CreditPeriod>(
                span.By,
                [.. periods.Select(one => new CreditPeriod(one.Name, one.Granted, one.Used, one.Jobs))]
            )
        );
    }

    public static async Task<Ok<UsageStatistics<WalletPeriod>>> OfWalletAsync(
        [AsParameters] StatisticsFilter filter,
        HttpContext context,
        Statement statement,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var span = filter.Read(time.GetUtcNow());
        var periods = await ReadAsync(span, context.GetCaller(), Purse.Wallet, statement, cancellationToken);
        return TypedResults.Ok(
            new UsageStatistics<WalletPeriod>(
                span.By,
                [
                    .. periods.Select(one => new WalletPeriod(
                        one.Name,
                        one.Granted,
                        Usd.FromCents(one.Granted),
                        one.Used,
                        Usd.FromCents(one.Used),
                        one.Jobs
                    )),
                ]
            )
        );
    }

    private static async Task<IEnumerable<Period>> ReadAsync(
        StatisticsFilter.Span span,
        Caller caller,
        Purse purse,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        // Grouped here: the two databases have no way in common to say which day a time is on.
        var periods = new SortedDictionary<string, Period>(StringComparer.Ordinal);
        var entries = statement
            .Entries(caller.AccountId, purse)
            .Where(entry => entry.Kind == EntryKind.Grant || entry.Kind == EntryKind.Charge)
            .Where(entry => entry.CreatedAt >= span.From && entry.CreatedAt < span.Before)
            .Select(entry => new
            {
                entry.Kind,
                entry.Amount,
                entry.CreatedAt,
            })
            .AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var name = span.PeriodOf(entry.CreatedAt);
            var period = periods.GetValueOrDefault(name) ?? new Period(name, 0, 0, 0);
            periods[name] =
                entry.Kind == EntryKind.Grant
                    ? period with
                    {
                        Granted = period.Granted + entry.Amount,
                    }
                    : period with
                    {
                        Used = period.Used - entry.Amount,
                        Jobs = period.Jobs + 1,
                    };
        }

        return periods.Values.Reverse();
    }

    private sealed record Period(string Name, long Granted, long Used, int Jobs);
}

/// <summary>A purse's use over time.</summary>
/// <param name="By"><c>day</c> or <c>month</c>.</param>
/// <param name="Items">The days or months in which anything was granted or used, newest first.</param>
internal sealed record UsageStatistics<TPeriod>(string By, IReadOnlyList<TPeriod> Items);

/// <param name="Period"><c>2026-01-31</c> or <c>2026-01</c>, in UTC.</param>
/// <param name="GrantedCredits">Credits that came in.</param>
/// <param name="UsedCredits">Credits charged for delivered jobs.</param>
/// <param name="Jobs">Jobs that were charged for.</param>
internal sealed record CreditPeriod(string Period, long GrantedCredits, long UsedCredits, int Jobs);

/// <param name="Period"><c>2026-01-31</c> or <c>2026-01</c>, in UTC.</param>
/// <param name="GrantedCents">US cents that came in.</param>
/// <param name="GrantedUsd">The same, written as <c>$25.00</c>.</param>
/// <param name="UsedCents">US cents charged for delivered jobs.</param>
/// <param name="UsedUsd">Amount used, in dollars.</param>
/// <param name="Jobs">Jobs that were charged for.</param>
internal sealed record WalletPeriod(
    string Period,
    long GrantedCents,
    string GrantedUsd,
    long UsedCents,
    string UsedUsd,
    int Jobs
);
