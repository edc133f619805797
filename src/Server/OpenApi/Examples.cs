using System.Text.Json.Nodes;
using Decant.Server.Downloads;
using Decant.Server.Info;
using Decant.Server.Webhooks.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Request bodies that work when they are tried as they stand.</summary>
internal sealed class Examples : IOpenApiSchemaTransformer
{
    private static readonly Dictionary<Type, string> ByType = new()
    {
        [typeof(InfoRequest)] = """
            {"url": "https://www.youtube.com/watch?v=jNQXAC9IVRw", "include_formats": true}
            """,
        [typeof(DownloadRequest)] = """
            {"url": "https://www.youtube.com/watch?v=jNQXAC9IVRw", "format": "mp4", "quality": "720p", "include_thumbnail": true}
            """,
        [typeof(ThumbnailRequest)] = """
            {"url": "https://www.youtube.com/watch?v=jNQXAC9IVRw"}
            """,
        [typeof(BulkRequest)] = """
            {"downloads": [{"url": "https://www.youtube.com/watch?v=jNQXAC9IVRw", "format": "mp3", "quality": "128kbps"}], "audio_only": true}
            """,
        [typeof(CreateEndpointRequest)] = """
            {"url": "https://example.com/hooks/decant", "events": ["job.completed", "job.failed"]}
            """,
    };

    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (ByType.TryGetValue(context.JsonTypeInfo.Type, out var example))
        {
            schema.Examples = [JsonNode.Parse(example)!];
        }

        return Task.CompletedTask;
    }
}
