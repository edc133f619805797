using Decant.Server.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says of every endpoint that takes <c>Idempotency-Key</c> that it does.</summary>
internal sealed class IdempotencyKeys : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotencyMetadata>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = IdempotentAnswers.Header,
                    In = ParameterLocation.Header,
                    Description =
                        "A name of your own for this request, such as a UUID. Sent again with the same name within 24 hours it is "
                        + "not done again: the first answer comes again, with Idempotency-Replayed: true.",
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        MinLength = 1,
                        MaxLength = IdempotentAnswers.LongestKey,
                    },
                }
            );
        }

        return Task.CompletedTask;
    }
}
