using Decant.Server.Hosting;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Downloads;

internal static class DownloadEndpoints
{
    public static void AddDownloads(this WebApplicationBuilder builder)
    {
        builder.AddSettings<DownloadOptions>("Downloads");
        builder.Services.AddSingleton<MediaLimits>();
        builder.Services.AddSingleton<MediaSearch>();
        builder.Services.AddSingleton<DownloadReading>();
        builder.Services.AddScoped<IdempotentAnswers>();
    }

    public static void MapDownloads(this IEndpointRouteBuilder app)
    {
        var video = app.Video();
        video
            .MapPost("/download", CreateDownload.HandleAsync)
            .RequireAuthorization()
            .Limit(RateLimit.Download)
            .WithSummary("Queue a download; the answer has its job and what it may cost");
        video
            .MapPost("/public/download", CreateDownload.HandlePublicAsync)
            .Limit(RateLimit.PublicDownload)
            .WithSummary(
                "Queue a download without a credential, within the public limits; of a list one entry at a time"
            );
        foreach (var family in app.VideoFamilies())
        {
            family
                .MapPost("/bulk-download", CreateBulk.HandleAsync)
                .RequireAuthorization()
                .Limit(RateLimit.Bulk)
                .WithSummary("Queue up to 50 downloads at once");
        }
    }
}
