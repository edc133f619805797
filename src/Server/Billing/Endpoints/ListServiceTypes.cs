using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Billing.Endpoints;

/// <summary><c>GET …/api-wallet/service-types</c>.</summary>
internal static class ListServiceTypes
{
    public static Ok<PageOf<PricedServiceType>> Handle([AsParameters] Page page, Pricing pricing)
    {
        var (limit, skip) = page.Read();
        PricedServiceType[] all =
        [
            new(
                ServiceType.MediaExtraction,
                "Media extraction",
                "Audio or video out of a page, in any format and quality, by the second",
                "minute",
                pricing.UsdPerMinute,
                pricing.CreditsPerMinute
            ),
        ];
        return TypedResults.Ok(new PageOf<PricedServiceType>([.. all.Skip(skip).Take(limit)], all.Length, limit, skip));
    }
}

/// <summary>A service that the API wallet pays.</summary>
/// <param name="ServiceType">Name of the service type in estimates, balance checks and usage.</param>
/// <param name="Name">Name for a person.</param>
/// <param name="Description">A sentence for a person.</param>
/// <param name="Unit">Unit of the rate: <c>minute</c>.</param>
/// <param name="RatePerMinute">US dollars for a minute.</param>
/// <param name="CreditsPerMinute">Credits for a minute, where a token pays.</param>
internal sealed record PricedServiceType(
    string ServiceType,
    string Name,
    string Description,
    string Unit,
    decimal RatePerMinute,
    decimal CreditsPerMinute
);
