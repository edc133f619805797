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
        services.AddSingleton<AccountCookies>();
        services.AddSingleton<LookUps>();
    }

    public static void MapPlatforms(this IEndpointRouteBuilder app) => app.MapCookies();
}
