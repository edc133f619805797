using System.Net.ServerSentEvents;
using Decant.Server.Jobs.Views;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says what the framework's own record of a server-sent event means.</summary>
internal sealed class EventShapes : IOpenApiSchemaTransformer
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["data"] = "The job as it is now, in one line of JSON.",
        ["event_type"] = "The line `event:`.",
        ["event_id"] = "The line `id:`. Sent again as `Last-Event-ID`, it goes on from there.",
        ["reconnection_interval"] = "The line `retry:`, in milliseconds.",
    };

    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.JsonTypeInfo.Type == typeof(SseItem<JobView>))
        {
            schema.Description = "One server-sent event: these are its lines, and not a JSON object.";
            foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                field.Description ??= Descriptions.GetValueOrDefault(name);
            }
        }

        return Task.CompletedTask;
    }
}
