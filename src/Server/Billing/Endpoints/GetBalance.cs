using Decant.Server.Accounts;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/credits/balance</c> and <c>…/api-wallet/balance</c>.</summary>
internal static class GetBalance
{
    public static async Task<Ok<CreditBalance>> OfCreditsAsync(
        HttpContext context,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var balance = await statement.ReadBalanceAsync(account, Purse.Credits, cancellationToken);
        return TypedResults.Ok(new CreditBalance(balance.Available, balance.Held, balance.Granted, balance.Used));
    }

    public static async Task<Ok<WalletBalance>> OfWalletAsync(
        HttpContext context,
        Pricing pricing,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var balance = await statement.ReadBalanceAsync(account, Purse.Wallet, cancellationToken);
        return TypedResults.Ok(
            new WalletBalance(
                balance.Available,
                Usd.FromCents(balance.Available),
                balance.Held,
                Usd.FromCents(balance.Held),
                balance.Granted,
                Usd.FromCents(balance.Granted),
                balance.Used,
                Usd.FromCents(balance.Used),
                balance.Granted,
                Usd.FromCents(balance.Granted),
                balance.Used,
                Usd.FromCents(balance.Used),
                pricing.IsOn && balance.IsLow
            )
        );
    }
}

/// <param name="BalanceCredits">Credits that may be spent now, without those held for jobs under way.</param>
/// <param name="HeldCredits">Credits held for jobs under way, from 0: charged or given back when they end.</param>
/// <param name="TotalGrantedCredits">All credits ever granted.</param>
/// <param name="TotalUsedCredits">All credits ever charged.</param>
internal sealed record CreditBalance(
    long BalanceCredits,
    long HeldCredits,
    long TotalGrantedCredits,
    long TotalUsedCredits
);

/// <param name="BalanceCents">US cents that may be spent now, without those held for jobs under way.</param>
/// <param name="BalanceUsd">The same, written as <c>$25.00</c>.</param>
/// <param name="HeldCents">US cents held for jobs under way, from 0: charged or given back when they end.</param>
/// <param name="HeldUsd">Amount held, in dollars.</param>
/// <param name="TotalGrantedCents">All money ever granted, in US cents.</param>
/// <param name="TotalGrantedUsd">Amount granted so far, in dollars.</param>
/// <param name="TotalUsedCents">All money ever charged, in US cents.</param>
/// <param name="TotalUsedUsd">Amount used so far, in dollars.</param>
/// <param name="TotalToppedUpCents">All money ever granted, under the hosted service's name.</param>
/// <param name="TotalToppedUpUsd">The same, in dollars.</param>
/// <param name="TotalSpentCents">All money ever charged, under the hosted service's name.</param>
/// <param name="TotalSpentUsd">The same, in dollars.</param>
/// <param name="LowBalanceWarning">Less than $1.00 is there, on a server that asks for money.</param>
internal sealed record WalletBalance(
    long BalanceCents,
    string BalanceUsd,
    long HeldCents,
    string HeldUsd,
    long TotalGrantedCents,
    string TotalGrantedUsd,
    long TotalUsedCents,
    string TotalUsedUsd,
    long TotalToppedUpCents,
    string TotalToppedUpUsd,
    long TotalSpentCents,
    string TotalSpentUsd,
    bool LowBalanceWarning
);
