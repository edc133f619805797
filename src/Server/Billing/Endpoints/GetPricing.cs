using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/api-wallet/pricing</c>.</summary>
internal static class GetPricing
{
    /// <summary>The documents' own examples.</summary>
    private static readonly int[] ExampleMinutes = [5, 10, 30, 120];

    public static Ok<PriceList> Handle(Pricing pricing, IOptions<BillingOptions> options)
    {
        var billing = options.Value;
        return TypedResults.Ok(
            new PriceList(
                "USD",
                pricing.CreditsPerMinute,
                pricing.UsdPerMinute,
                billing.CreditRounding,
                billing.CentRounding,
                [
                    new PricedService("video_info", "request", 0, 0, "Metadata, nothing downloaded"),
                    new PricedService(
                        "video_download",
                        "minute",
                        pricing.CreditsPerMinute,
                        pricing.UsdPerMinute,
                        "Audio or video in any format and quality, by the second"
                    ),
                    new PricedService(
                        "thumbnail",
                        "picture",
                        pricing.Thumbnail.Credits,
                        pricing.Thumbnail.Cents / 100m,
                        "A thumbnail on its own; one that comes with a download is included in its price"
                    ),
                ],
                [.. ExampleMinutes.Select(minutes => Example(pricing, minutes))]
            )
        );
    }

    private static PriceExample Example(Pricing pricing, int minutes)
    {
        var price = pricing.ForMedia(TimeSpan.FromMinutes(minutes));
        return new PriceExample(minutes, price.Credits, price.Cents, Usd.FromCents(price.Cents));
    }
}

/// <param name="Currency">Currency of the API wallet: <c>USD</c>.</param>
/// <param name="CreditsPerMinute">Credits for a minute of media.</param>
/// <param name="UsdPerMinute">US dollars for a minute of media, where an API key pays.</param>
/// <param name="CreditRounding">Rounding of a fraction of a credit: <c>up</c>, <c>nearest</c> or <c>down</c>.</param>
/// <param name="CentRounding">Rounding of a fraction of a cent, likewise.</param>
/// <param name="Services">Services that have a price.</param>
/// <param name="Examples">Prices of media of some lengths.</param>
internal sealed record PriceList(
    string Currency,
    decimal CreditsPerMinute,
    decimal UsdPerMinute,
    Rounding CreditRounding,
    Rounding CentRounding,
    IReadOnlyList<PricedService> Services,
    IReadOnlyList<PriceExample> Examples
);

/// <param name="Service">Name of the service.</param>
/// <param name="Unit">Unit that the price is for: <c>request</c>, <c>minute</c>, <c>picture</c>.</param>
/// <param name="Credits">Credits for a unit.</param>
/// <param name="Usd">US dollars for a unit.</param>
/// <param name="Description">Text for a person.</param>
internal sealed record PricedService(string Service, string Unit, decimal Credits, decimal Usd, string Description);

/// <param name="DurationMinutes">Length of the medium, in minutes.</param>
/// <param name="Credits">Price in credits.</param>
/// <param name="Cents">Price in US cents.</param>
/// <param name="Usd">The same, written as <c>$0.30</c>.</param>
internal sealed record PriceExample(int DurationMinutes, long Credits, long Cents, string Usd);
