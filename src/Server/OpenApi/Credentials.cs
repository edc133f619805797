using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says of every endpoint whether it wants a credential, may have one or takes none, and with which scope.</summary>
internal sealed class Credentials : IOpenApiOperationTransformer
{
    public const string ApiKey = "api_key";
    public const string Bearer = "bearer";

    /// <summary>Name of the extension with the scopes, beside the requirement and not in it: linters know scopes in a requirement for OAuth alone.</summary>
    private const string Scope = "x-required-scope";

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isRequired = metadata.OfType<IAuthorizeData>().Any();
        var accepted = metadata.OfType<AcceptedScope>().LastOrDefault();
        // Said aloud where none is wanted: an operation that says nothing might have been forgotten.
        operation.Security =
            isRequired ? [Requirement(ApiKey, context), Requirement(Bearer, context)]
            : accepted is not null
                ? [new OpenApiSecurityRequirement(), Requirement(ApiKey, context), Requirement(Bearer, context)]
            : [];
        if (isRequired && metadata.OfType<RequiredScope>().LastOrDefault() is { } scope)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions[Scope] = new JsonNodeExtension(JsonValue.Create(scope.Name));
        }

        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
