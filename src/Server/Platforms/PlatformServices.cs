using Decant.Server.Hosting;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Platforms.Cookies;
using Decant.Server.Platforms.Cookies.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Platforms;

internal static class PlatformServices
{
    public static void AddPlatforms(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<CircuitOptions>("Platforms");
        services.AddSingleton<CircuitMetrics>();
        services.AddSingleton<PlatformCircuits>();
        services.AddSingleton<CookieSafe>();
        services.AddSingleton<CookieRenewals>();
        services.AddSingleton<AccountCookies>();
        builder.AddSettings<LookUpOptions>("LookUps");
        services.AddSingleton<StrangerTurns>();
        services.AddSingleton<LookUps>();
    }

    public static void MapPlatforms(this IEndpointRouteBuilder app) => app.MapCookies();
}
