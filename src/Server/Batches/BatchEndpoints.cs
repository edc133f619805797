using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Files;
using Decant.Server.Hosting;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Batches;

internal static class BatchEndpoints
{
    private const string Zip = "application/zip";

    public static void AddBatches(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BatchViews>();
        builder.Services.AddSingleton<BatchArchive>();
    }

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        foreach (var family in app.VideoFamilies())
        {
            var batches = family.MapGroup("/batches/{id:guid}").RequireScope(Scopes.MediaRead);
            batches
                .MapGet("/", GetBatch.HandleAsync)
                .Limit(RateLimit.JobStatus)
                .WithSummary("Jobs accepted together: how many are in which status, overall progress, what they cost");
            batches
                .MapGet("/archive", GetArchive.HandleAsync)
                .Limit(RateLimit.JobStatus)
                .Refuses(ApiError.WrongState)
                .WithSummary("All finished files of a batch as one zip, made while it is sent; ranges of it can be had")
                .ProducesFile(Zip);
            batches
                .MapPost("/cancel", CancelBatch.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .WithSummary("Stop every job of a batch that has not ended");
            batches
                .MapDelete("/", DeleteBatch.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .WithSummary("Remove a batch: its jobs and their files, cancelling them where needed");
        }

        app.MapMethods("/download/batch_{id:guid}.zip", [HttpMethods.Get, HttpMethods.Head], GetArchive.HandleLinkAsync)
            .WithTags("Files")
            .Refuses(ApiError.BadSignature, ApiError.WrongState)
            .WithSummary("A batch's files as one zip, by the signed link that the batch shows; ranges of it can be had")
            .ProducesFile(Zip);
    }
}
