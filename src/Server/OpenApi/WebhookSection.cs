using Decant.Server.Webhooks;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>The document's <c>webhooks</c>: every event, with the request that a receiver gets.</summary>
internal sealed class WebhookSection : IOpenApiDocumentTransformer
{
    private static readonly (string Event, string Summary, Type Body)[] Events =
    [
        ("job.completed", "A job is done, and its file can be fetched", typeof(JobWebhookBody)),
        ("job.failed", "A job failed; nothing was charged", typeof(JobWebhookBody)),
        ("job.cancelled", "A job was cancelled; nothing was charged", typeof(JobWebhookBody)),
        (WebhookEvents.Test, "The endpoint was asked to be tested", typeof(TestWebhookBody)),
    ];

    private static readonly (string Name, string Description, bool Always)[] Headers =
    [
        ("webhook-id", "Id of the event, equal in every attempt (Standard Webhooks).", true),
        ("webhook-timestamp", "Time of the attempt, in seconds since 1970.", true),
        (
            "webhook-signature",
            "`v1,` and the signature of id, timestamp and body in base64; one for each secret in force, separated by spaces.",
            false
        ),
        ("X-AudioPod-Event", "Type of the event.", true),
        ("X-AudioPod-Event-Id", "Id of the event.", true),
        ("X-AudioPod-Timestamp", "Time of the attempt, in seconds since 1970.", true),
        ("X-AudioPod-Signature", "`sha256=` and the HMAC of timestamp, a dot and the body in hexadecimal.", false),
    ];

    public async Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        foreach (var body in Events.Select(one => one.Body).Distinct())
        {
            document.AddComponent(body.Name, await context.GetOrCreateSchemaAsync(body, null, cancellationToken));
        }

        document.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        foreach (var (name, summary, body) in Events)
        {
            document.Webhooks[name] = new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation>
                {
                    [HttpMethod.Post] = Describe(name, summary, body, document),
                },
            };
        }
    }

    private static OpenApiOperation Describe(string name, string summary, Type body, OpenApiDocument document) =>
        new()
        {
            OperationId =
                "on" + string.Concat(name.Split('.').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
            Summary = summary,
            Description =
                "Sent to every endpoint that asks for the event. Anything but a 2xx within 10 s is tried again after 1, 2, 4 and 8 minutes.",
            Tags = new HashSet<OpenApiTagReference> { new("Webhooks", document) },
            Security = [],
            Parameters =
            [
                .. Headers.Select(header => new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Required = header.Always,
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The event.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = new OpenApiSchemaReference(body.Name, document) },
                },
            },
            Responses = new OpenApiResponses
            {
                ["2XX"] = new OpenApiResponse { Description = "The receiver has taken it." },
                ["4XX"] = new OpenApiResponse { Description = "The receiver refuses it, and is asked again later." },
            },
        };
}
