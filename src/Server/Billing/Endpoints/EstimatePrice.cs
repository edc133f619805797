using Decant.Engine.Extracting;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Info;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>POST …/api-wallet/estimate</c>.</summary>
internal static class EstimatePrice
{
    private const double LongestSeconds = 365 * 24 * 3600;

    public static async Task<Ok<Estimate>> HandleAsync(
        EstimateRequest request,
        HttpContext context,
        LookUps lookUps,
        Pricing pricing,
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (duration, price) = ReadDuration(request) is { } said
            ? (said, pricing.ForMedia(said))
            : await LookUpAsync(account, request.Url, lookUps, pricing, cancellationToken);
        var balance = await statement.ReadBalanceAsync(account, Purse.Wallet, cancellationToken);
        return TypedResults.Ok(
            new Estimate(
                duration is { } length ? Math.Round(length.TotalSeconds, 3) : null,
                duration is { } same ? Math.Round(same.TotalMinutes, 3) : null,
                price.Credits,
                price.Cents,
                Usd.FromCents(price.Cents),
                balance.Available,
                Usd.FromCents(balance.Available),
                balance.Available >= price.Cents
            )
        );
    }

    private static async Task<(TimeSpan? Duration, Price Price)> LookUpAsync(
        long account,
        string? url,
        LookUps lookUps,
        Pricing pricing,
        CancellationToken cancellationToken
    )
    {
        var info = await lookUps.InspectAsync(account, MediaUrl.Parse(url), new InspectOptions(), cancellationToken);
        return (info.Duration, InfoEndpoints.PriceOf(info, pricing));
    }

    /// <returns>Null where a URL is to be looked up.</returns>
    private static TimeSpan? ReadDuration(EstimateRequest request)
    {
        if (new object?[] { request.Url, request.Duration, request.DurationMinutes }.Count(one => one is not null) != 1)
        {
            throw ApiException.Invalid("url", "Give one of url, duration (seconds) and duration_minutes.");
        }

        return request.Duration is { } seconds ? Read("duration", seconds, 1)
            : request.DurationMinutes is { } minutes ? Read("duration_minutes", minutes, 60)
            : null;
    }

    private static TimeSpan Read(string field, double value, int seconds) =>
        value >= 0 && value * seconds <= LongestSeconds
            ? TimeSpan.FromSeconds(value * seconds)
            : throw ApiException.Invalid(
                field,
                $"The {field} {value} is not a length from 0 to {LongestSeconds / seconds}."
            );
}

/// <summary>A medium by its URL or by its length; exactly one of the three fields is given.</summary>
/// <param name="Url">A page or file, which is looked up as for a download.</param>
/// <param name="Duration">Length of a medium in seconds, from 0 to a year.</param>
/// <param name="DurationMinutes">Length in minutes.</param>
internal sealed record EstimateRequest(string? Url, double? Duration, double? DurationMinutes);

/// <param name="Duration">Length in seconds; null where the source does not say (a live stream, a list).</param>
/// <param name="DurationMinutes">Length in minutes.</param>
/// <param name="EstimatedCredits">Price in credits.</param>
/// <param name="EstimatedCents">Price from the API wallet, in US cents.</param>
/// <param name="EstimatedUsd">The same, written as <c>$0.04</c>.</param>
/// <param name="BalanceCents">Amount that the API wallet has to spend, in US cents.</param>
/// <param name="BalanceUsd">Amount that the API wallet has to spend, in dollars.</param>
/// <param name="Sufficient">The API wallet has enough.</param>
internal sealed record Estimate(
    double? Duration,
    double? DurationMinutes,
    long EstimatedCredits,
    long EstimatedCents,
    string EstimatedUsd,
    long BalanceCents,
    string BalanceUsd,
    bool Sufficient
);
