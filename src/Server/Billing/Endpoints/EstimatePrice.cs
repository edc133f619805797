using Decant.Engine.Extracting;
using Decant.Server.Accounts;
using Decant.Server.Info;
using Decant.Server.Money;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>POST …/api-wallet/estimate</c>. A length is priced for anybody; a URL is looked up for those with a credential.</summary>
internal static class EstimatePrice
{
    public static async Task<Ok<Estimate>> HandleAsync(
        EstimateRequest request,
        HttpContext context,
        LookUps lookUps,
        Pricing pricing,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        ServiceType.Ensure(request.ServiceType);
        var (duration, price) = MediumLength.Read(
            request.Url,
            "url",
            ("duration_seconds", request.DurationSeconds, 1),
            ("duration", request.Duration, 1),
            ("duration_minutes", request.DurationMinutes, 60)
        )
            is { } said
            ? (said, pricing.ForMedia(said))
            : await LookUpAsync(context, request.Url, lookUps, pricing, cancellationToken);
        var balance =
            context.TryGetCaller() is { } caller && caller.Has(Scopes.AccountRead)
                ? await statement.ReadBalanceAsync(caller.AccountId, Purse.Wallet, cancellationToken)
                : null;
        return TypedResults.Ok(
            new Estimate(
                ServiceType.MediaExtraction,
                duration is { } length ? Math.Round(length.TotalSeconds, 3) : null,
                duration is { } same ? Math.Round(same.TotalMinutes, 3) : null,
                price.Credits,
                price.Cents,
                Usd.FromCents(price.Cents),
                price.Cents,
                Usd.FromCents(price.Cents),
                pricing.UsdPerMinute,
                balance?.Available,
                balance is { } purse ? Usd.FromCents(purse.Available) : null,
                balance?.Covers(price.Cents)
            )
        );
    }

    private static async Task<(TimeSpan? Duration, Price Price)> LookUpAsync(
        HttpContext context,
        string? url,
        LookUps lookUps,
        Pricing pricing,
        CancellationToken cancellationToken
    )
    {
        var caller = await context.RequireCallerAsync(Scopes.AccountRead);
        var info = await lookUps.InspectAsync(
            Asker.Of(caller.AccountId),
            MediaUrl.Parse(url),
            new InspectOptions(),
            cancellationToken
        );
        return (info.Duration, InfoEndpoints.PriceOf(info, pricing));
    }
}

/// <summary>A medium by its length or by its URL; exactly one of the lengths and the URL is given.</summary>
/// <param name="Url">A page or file, which is looked up as for a download; this needs a credential.</param>
/// <param name="ServiceType"><c>media_extraction</c>, which is also meant where nothing is said.</param>
/// <param name="DurationSeconds">Length of a medium in seconds, from 0 to a year.</param>
/// <param name="Duration">The same length under another name.</param>
/// <param name="DurationMinutes">Length in minutes.</param>
internal sealed record EstimateRequest(
    string? Url,
    string? ServiceType,
    double? DurationSeconds,
    double? Duration,
    double? DurationMinutes
);

/// <param name="ServiceType"><c>media_extraction</c>.</param>
/// <param name="Duration">Length in seconds; null where the source does not say (a live stream, a list).</param>
/// <param name="DurationMinutes">Length in minutes.</param>
/// <param name="EstimatedCredits">Price in credits.</param>
/// <param name="EstimatedCents">Price from the API wallet, in US cents.</param>
/// <param name="EstimatedUsd">The same, written as <c>$0.04</c>.</param>
/// <param name="CostCents">Price from the API wallet, under the hosted service's name.</param>
/// <param name="CostUsd">The same, written as <c>$0.04</c>.</param>
/// <param name="RatePerMinute">US dollars for a minute of media.</param>
/// <param name="BalanceCents">Amount that the API wallet has to spend, in US cents; null without a credential.</param>
/// <param name="BalanceUsd">Amount that the API wallet has to spend, in dollars; null without a credential.</param>
/// <param name="Sufficient">The API wallet has enough; null without a credential.</param>
internal sealed record Estimate(
    string ServiceType,
    double? Duration,
    double? DurationMinutes,
    long EstimatedCredits,
    long EstimatedCents,
    string EstimatedUsd,
    long CostCents,
    string CostUsd,
    decimal RatePerMinute,
    long? BalanceCents,
    string? BalanceUsd,
    bool? Sufficient
);
