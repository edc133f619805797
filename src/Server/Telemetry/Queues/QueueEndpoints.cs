using Decant.Server.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Telemetry.Queues;

internal static class QueueEndpoints
{
    public static void MapQueue(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/admin/queue", GetQueue.HandleAsync)
            .RequireScope(Scopes.Admin)
            .WithTags("Administration")
            .WithSummary("Jobs that wait and run, and the places of the node that answers");
}
