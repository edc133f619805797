using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Idempotency;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Requests;
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
        builder.Services.AddScoped<DownloadIntake>();
        builder.Services.AddSingleton<Rehearsal>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Rehearsal>());
    }

    public static void MapDownloads(this IEndpointRouteBuilder app)
    {
        var video = app.Video();
        video
            .MapPost("/download", CreateDownload.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Limit(RateLimit.Download)
            .AcceptIdempotencyKey("download")
            .Refuses(ApiError.InsufficientCredits, ApiError.InsufficientApiBalance)
            .Refuses([.. MediaErrors.All])
            .WithSummary("Queue a download; the answer has its job and what it may cost");
        video
            .MapPost("/public/download", CreateDownload.HandlePublicAsync)
            .Limit(RateLimit.PublicDownload)
            .Refuses([.. MediaErrors.All])
            .WithSummary(
                "Queue a download without a credential, within the public limits; of a list one entry at a time"
            );
        video
            .MapPost("/thumbnail", CreateThumbnail.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Limit(RateLimit.Download)
            .AcceptIdempotencyKey("thumbnail")
            .Refuses(ApiError.InsufficientCredits, ApiError.InsufficientApiBalance)
            .Refuses([.. MediaErrors.All])
            .WithSummary("Queue a medium's thumbnail alone, as a JPEG");
        foreach (var family in app.VideoFamilies())
        {
            family
                .MapPost("/bulk-download", CreateBulk.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.Bulk)
                .AcceptIdempotencyKey("bulk-download")
                .Refuses(ApiError.InsufficientCredits, ApiError.InsufficientApiBalance)
                .Refuses([.. MediaErrors.All])
                .WithSummary("Queue up to 50 downloads at once");
        }
    }
}
