using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Marks nullable fields of requests as optional; the generator requires every parameter of a record's constructor.</summary>
internal sealed class RequiredFields : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            context.JsonTypeInfo.Type.Name.EndsWith("Request", StringComparison.Ordinal)
            && schema is { Required: { } required, Properties: { } fields }
        )
        {
            schema.Required = required
                .Where(name => fields.TryGetValue(name, out var field) && !MayBeNull(field))
                .ToHashSet();
        }

        return Task.CompletedTask;
    }

    private static bool MayBeNull(IOpenApiSchema field) =>
        field.Type?.HasFlag(JsonSchemaType.Null) == true
        || field.OneOf?.Any(one => one.Type == JsonSchemaType.Null) == true;
}
