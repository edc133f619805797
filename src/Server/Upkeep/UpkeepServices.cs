using Decant.Server.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Upkeep;

internal static class UpkeepServices
{
    public static void AddUpkeep(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PlatformRecords>();
        services.AddSingleton<UpkeepRecords>();
        services.AddHostedService(provider => provider.GetRequiredService<UpkeepRecords>());
    }

    public static void MapUpkeep(this IEndpointRouteBuilder app)
    {
        var extractor = app.MapGroup("/api/v1/admin/extractor").RequireScope(Scopes.Admin).WithTags("Administration");
        extractor
            .MapGet("/", GetExtractor.HandleAsync)
            .WithSummary("Which extractor is at work on the node that answers, and how platforms answer to look-ups");
        extractor
            .MapPost("/reload", ReloadExtractor.HandleAsync)
            .WithSummary(
                "Move this node to the extractor that is on its disk now; where that does not work, the present one stays"
            );
    }
}
