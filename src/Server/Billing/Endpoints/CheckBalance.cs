using Decant.Server.Accounts;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>POST …/api-wallet/check-balance</c>.</summary>
internal static class CheckBalance
{
    public static async Task<Ok<BalanceCheck>> HandleAsync(
        CheckBalanceRequest request,
        HttpContext context,
        Pricing pricing,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        ServiceType.Ensure(request.ServiceType);
        var length = MediumLength.Read(
            url: null,
            "duration_seconds",
            ("duration_seconds", request.DurationSeconds, 1),
            ("duration_minutes", request.DurationMinutes, 60)
        );
        var required = pricing.ForMedia(length).Cents;
        var balance = await statement.ReadBalanceAsync(context.GetCaller().AccountId, Purse.Wallet, cancellationToken);
        return TypedResults.Ok(
            new BalanceCheck(
                ServiceType.MediaExtraction,
                balance.Covers(required),
                required,
                Usd.FromCents(required),
                balance.Available,
                Usd.FromCents(balance.Available)
            )
        );
    }
}

/// <summary>A medium by its length; exactly one of the two lengths is given.</summary>
/// <param name="ServiceType"><c>media_extraction</c>, which is also meant where nothing is said.</param>
/// <param name="DurationSeconds">Length of a medium in seconds, from 0 to a year.</param>
/// <param name="DurationMinutes">Length in minutes.</param>
internal sealed record CheckBalanceRequest(string? ServiceType, double? DurationSeconds, double? DurationMinutes);

/// <param name="ServiceType"><c>media_extraction</c>.</param>
/// <param name="Sufficient">The API wallet has enough.</param>
/// <param name="RequiredCents">Price, in US cents.</param>
/// <param name="RequiredUsd">The same, written as <c>$0.04</c>.</param>
/// <param name="AvailableCents">Amount that the API wallet has to spend, in US cents.</param>
/// <param name="AvailableUsd">The same, in dollars.</param>
internal sealed record BalanceCheck(
    string ServiceType,
    bool Sufficient,
    long RequiredCents,
    string RequiredUsd,
    long AvailableCents,
    string AvailableUsd
);
