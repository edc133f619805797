using Decant.Engine.Errors;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.RateLimits;
using Decant.Server.Webhooks.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Webhooks;

internal static class WebhookServices
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<WebhookOptions>("Webhooks");
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookUrl>();
        services.AddSingleton<OneOffWebhooks>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<WebhookMail>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookAttempts>();
        services.AddHostedService<WebhookDispatcher>();
        services.AddHostedService<DeliveryRemoval>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/api/v1/webhooks").WithTags("Webhooks").RequireScope(Scopes.Webhooks);
        var endpoints = webhooks.MapGroup("/endpoints");
        endpoints
            .MapPost("/", CreateEndpoint.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .Refuses(ApiError.WrongState, MediaError.BlockedAddress.ToApiError())
            .WithSummary("Have an address told of jobs that end; the answer shows its secret, once");
        endpoints
            .MapGet("/", ListEndpoints.HandleAsync)
            .Limit(RateLimit.JobStatus)
            .WithSummary("The caller's endpoints, oldest first");
        endpoints.MapGet("/{id:long}", GetEndpoint.HandleAsync).Limit(RateLimit.JobStatus).WithSummary("One endpoint");
        endpoints
            .MapPatch("/{id:long}", UpdateEndpoint.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .Refuses(MediaError.BlockedAddress.ToApiError())
            .WithSummary("Change an endpoint, or switch it off and on");
        endpoints
            .MapDelete("/{id:long}", DeleteEndpoint.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .WithSummary("Remove an endpoint, what waits for it and its log");
        endpoints
            .MapPost("/{id:long}/test", TestEndpoint.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .WithSummary("Send a webhook.test now, once; the answer says what came of it");
        endpoints
            .MapPost("/{id:long}/rotate-secret", RotateSecret.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .WithSummary("Give an endpoint a new secret; the old one signs too for a while");
        endpoints
            .MapGet("/{id:long}/deliveries", ListDeliveries.HandleOfEndpointAsync)
            .Limit(RateLimit.JobStatus)
            .WithSummary("What an endpoint was sent, newest first");
        webhooks
            .MapGet("/deliveries", ListDeliveries.HandleAsync)
            .Limit(RateLimit.JobStatus)
            .WithSummary("What the caller's endpoints and webhook_urls were sent, newest first");
        webhooks
            .MapPost("/deliveries/{id:long}/redeliver", Redeliver.HandleAsync)
            .Limit(RateLimit.JobManagement)
            .Refuses(ApiError.WrongState)
            .WithSummary("Send a delivery again, under the same event id");
    }
}
