using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Billing.Endpoints;

internal static class BillingEndpoints
{
    public static void MapBilling(this IEndpointRouteBuilder app)
    {
        var credits = app.MapGroup("/api/v1/credits")
            .WithTags("Credits")
            .RequireScope(Scopes.AccountRead)
            .Limit(RateLimit.Account);
        credits
            .MapGet("/balance", GetBalance.OfCreditsAsync)
            .WithSummary("How many credits there are, and how many are held for jobs under way");
        credits
            .MapGet("/usage", ListUsage.OfCreditsAsync)
            .WithSummary("What the credits came from and went to, newest first");
        credits
            .MapGet("/usage/statistics", GetStatistics.OfCreditsAsync)
            .WithSummary("Credits granted and used, by day or month");

        var wallet = app.MapGroup("/api/v1/api-wallet")
            .WithTags("API wallet")
            .RequireScope(Scopes.AccountRead)
            .Limit(RateLimit.Account);
        wallet
            .MapGet("/balance", GetBalance.OfWalletAsync)
            .WithSummary("How much money there is, and how much is held for jobs under way");
        wallet
            .MapGet("/usage", ListUsage.OfWalletAsync)
            .WithSummary("What the money came from and went to, newest first");
        wallet
            .MapGet("/usage/statistics", GetStatistics.OfWalletAsync)
            .WithSummary("Money granted and used, by day or month");
        wallet
            .MapGet("/topups", ListTopUps.HandleAsync)
            .WithSummary("Money that was put into the wallet, newest first");
        wallet
            .MapPost("/check-balance", CheckBalance.HandleAsync)
            .WithSummary("Whether the wallet pays for a medium of a length; nothing is held");
        MapPrices(app.MapGroup("/api/v1/api-wallet").WithTags("API wallet").Limit(RateLimit.Account));
    }

    /// <summary>Maps the price list, which is for everybody: prices are no secret.</summary>
    private static void MapPrices(RouteGroupBuilder wallet)
    {
        wallet.MapGet("/pricing", GetPricing.Handle).WithSummary("What things cost, with examples");
        wallet.MapGet("/service-types", ListServiceTypes.Handle).WithSummary("What the wallet pays for, with rates");
        wallet
            .MapPost("/estimate", EstimatePrice.HandleAsync)
            .AcceptScope(Scopes.AccountRead)
            .Limit(RateLimit.Info)
            .Refuses([.. MediaErrors.All])
            .WithSummary("What a medium would cost, by its URL or its length; nothing is held");
    }
}
