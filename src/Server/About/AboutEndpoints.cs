using Decant.Server.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.About;

internal static class AboutEndpoints
{
    public static void MapAbout(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/server", GetServer.Handle)
            .WithTags("Health")
            .WithSummary("What is on at this server: prices, sign-up");
        app.MapGet("/api/v1/admin/settings", ListSettings.Handle)
            .RequireScope(Scopes.Admin)
            .WithTags("Administration")
            .WithSummary("The settings in force and where each comes from, without secrets");
    }
}
