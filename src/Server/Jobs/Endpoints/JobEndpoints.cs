using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Idempotency;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Jobs.Endpoints;

internal static class JobEndpoints
{
    private const string EndOfStream =
        "A stream lasts no longer than the credential it was asked for with. When that is revoked, signed out or expired, "
        + "or its account is disabled, on whichever node, a last event comes, without data and named by the code that the "
        + "next request is refused with: `key_revoked`, `unauthenticated` or `forbidden`.";

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        // One for all of these endpoints: they count together.
        var streams = app.ServiceProvider.GetRequiredService<OpenStreams>();
        foreach (var family in app.VideoFamilies())
        {
            var jobs = family.MapGroup("/jobs").RequireScope(Scopes.MediaRead);
            jobs.MapGet("/", ListJobs.HandleAsync)
                .Limit(RateLimit.JobStatus)
                .WithSummary("The caller's jobs: filtered, sorted, page by page");
            jobs.MapGet("/{id:long}", GetJob.HandleAsync).Limit(RateLimit.JobStatus).WithSummary("One job");
            jobs.MapGet("/{id:long}/events", WatchJob.HandleAsync)
                .Limit(RateLimit.JobStatus)
                .WithSummary("One job as server-sent events, until it has ended")
                .WithDescription(EndOfStream)
                .AddEndpointFilter(streams)
                .AddOpenApiOperationTransformer(EventId.DescribeAsync)
                .Refuses(ApiError.InvalidRequest);
            jobs.MapPut("/{id:long}", UpdateJob.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .WithSummary("Give a job a title of its own");
            jobs.MapDelete("/{id:long}", DeleteJob.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .WithSummary("Remove a job and its files, cancelling it where needed");
            jobs.MapPost("/{id:long}/cancel", CancelJob.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .Refuses(ApiError.WrongState)
                .WithSummary("Stop a job; what it held is given back");
            jobs.MapPost("/{id:long}/retry", RetryJob.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .AcceptIdempotencyKey("retry")
                .Refuses(ApiError.WrongState, ApiError.InsufficientCredits, ApiError.InsufficientApiBalance)
                .WithSummary("Run a failed job again");
            jobs.MapPost("/delete", DeleteJobs.HandleAsync)
                .RequireScope(Scopes.MediaWrite)
                .Limit(RateLimit.JobManagement)
                .WithSummary("Remove up to 200 jobs and their files at once");
            family
                .MapGet("/events", WatchJobs.Handle)
                .RequireScope(Scopes.MediaRead)
                .Limit(RateLimit.JobStatus)
                .WithSummary("All of the caller's jobs as server-sent events, for as long as one watches")
                .WithDescription(EndOfStream)
                .AddEndpointFilter(streams)
                .AddOpenApiOperationTransformer(EventId.DescribeAsync)
                .Refuses(ApiError.InvalidRequest);
        }

        app.Video()
            .MapGet("/public/jobs/{id:long}", GetJob.HandlePublicAsync)
            .Limit(RateLimit.JobStatus)
            .WithSummary("A public job, by the token that its creation answered with");
    }
}
