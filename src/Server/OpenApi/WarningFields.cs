using Decant.Server.Manners;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Adds <c>warnings</c> to what is answered to a request with a JSON body.</summary>
internal sealed class WarningFields : IOpenApiDocumentTransformer
{
    private const string Json = "application/json";

    public async Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var warning = await context.GetOrCreateSchemaAsync(typeof(RequestWarning), null, cancellationToken);
        document.AddComponent(nameof(RequestWarning), warning);
        var operations = document.Paths.Values.SelectMany(path =>
            path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()
        );
        foreach (var operation in operations.Where(one => one.RequestBody?.Content?.ContainsKey(Json) == true))
        {
            if (
                operation.Responses?.TryGetValue("200", out var answer) == true
                && answer.Content?.TryGetValue(Json, out var media) == true
                && media.Schema is OpenApiSchemaReference { Reference.Id: { } id }
                && document.Components?.Schemas?.TryGetValue(id, out var found) == true
                && found is OpenApiSchema { Properties: { } fields }
            )
            {
                fields[RequestWarnings.Field] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Fields of the request that nobody knows; left out where there are none.",
                    Items = new OpenApiSchemaReference(nameof(RequestWarning), document),
                };
            }
        }
    }
}
