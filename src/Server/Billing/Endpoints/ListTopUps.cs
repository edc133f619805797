using Decant.Server.Accounts;
using Decant.Server.Hosting;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/api-wallet/topups</c>: the wallet's grants.</summary>
internal static class ListTopUps
{
    public static async Task<Ok<PageOf<TopUp>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = page.Read();
        var grants = statement
            .Entries(context.GetCaller().AccountId, Purse.Wallet)
            .Where(entry => entry.Kind == EntryKind.Grant);
        var total = await grants.CountAsync(cancellationToken);
        var shown = await grants
            .OrderByDescending(entry => entry.Number)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new PageOf<TopUp>(
                [
                    .. shown.Select(entry => new TopUp(
                        entry.Id,
                        entry.Amount,
                        Usd.FromCents(entry.Amount),
                        entry.Note,
                        entry.Reference,
                        entry.CreatedAt
                    )),
                ],
                total,
                limit,
                skip
            )
        );
    }
}

/// <summary>Money that an administrator, or a new account's start, put into the API wallet.</summary>
/// <param name="Id">Number of the ledger entry.</param>
/// <param name="AmountCents">Amount, in US cents.</param>
/// <param name="AmountUsd">The same, written as <c>$25.00</c>.</param>
/// <param name="Note">Reason of the grant.</param>
/// <param name="Reference">Name of what it is for, such as the number of a payment; null for none.</param>
/// <param name="CreatedAt">Time of the grant (UTC).</param>
internal sealed record TopUp(
    long Id,
    long AmountCents,
    string AmountUsd,
    string? Note,
    string? Reference,
    DateTimeOffset CreatedAt
);
