using Decant.Server.Hosting;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Headers of answers: limits, tags of what can be asked for conditionally, and the present path of older ones.</summary>
internal sealed class AnswerHeaders : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        if (
            context.Description.HttpMethod == "GET"
            && operation.Responses.TryGetValue("200", out var found)
            && found.Content?.ContainsKey(Json) == true
        )
        {
            MakeConditional(operation, found, context.Document);
        }

        var isLimited = metadata.OfType<RateLimitMetadata>().Any();
        var isOlder = metadata.OfType<OlderPath>().Any();
        operation.Deprecated = isOlder;
        foreach (var (status, response) in operation.Responses)
        {
            if (isLimited)
            {
                Add(
                    response,
                    context.Document,
                    "RateLimit-Policy",
                    "Limit that the call counts against: `q` calls in `w` seconds.",
                    "\"download\";q=10;w=60"
                );
                Add(
                    response,
                    context.Document,
                    "RateLimit",
                    "Calls that are left (`r`), and seconds until there are more (`t`).",
                    "\"download\";r=9;t=6"
                );
            }

            if (status is "429" or "503")
            {
                Add(response, context.Document, "Retry-After", "Seconds to wait before the call is sent again.", "12");
            }

            if (isOlder)
            {
                Add(
                    response,
                    context.Document,
                    "Deprecation",
                    "Time since which the path is an older one (RFC 9745).",
                    "@1795910400"
                );
                Add(
                    response,
                    context.Document,
                    "Link",
                    "The present path, as `successor-version`.",
                    "</api/v1/video/video-download/jobs>; rel=\"successor-version\""
                );
            }
        }

        return Task.CompletedTask;
    }

    private static void MakeConditional(OpenApiOperation operation, IOpenApiResponse found, OpenApiDocument? document)
    {
        Add(
            found,
            document,
            "ETag",
            "Tag of what the answer says; sent back as `If-None-Match`, it makes the same answer a 304.",
            "W/\"5f2c9b1e0a7d4c3f8e6b2a19\""
        );
        var unchanged = new OpenApiResponse { Description = "The client has this already, as `If-None-Match` says." };
        Add(unchanged, document, "ETag", "The same tag again.", "W/\"5f2c9b1e0a7d4c3f8e6b2a19\"");
        operation.Responses!["304"] = unchanged;
        operation.Parameters ??= [];
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = "If-None-Match",
                In = ParameterLocation.Header,
                Description = "The `ETag` of the answer that the client has.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }
        );
    }

    private static void Add(
        IOpenApiResponse response,
        OpenApiDocument? document,
        string name,
        string description,
        string example
    )
    {
        if (response is OpenApiResponse own)
        {
            // By reference: each stands in the document once.
            document?.AddComponent(
                name,
                new OpenApiHeader
                {
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = [example] },
                }
            );
            own.Headers ??= new Dictionary<string, IOpenApiHeader>();
            own.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }
}
