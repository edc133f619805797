using Decant.Server.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says of every endpoint that wants a credential that it does, and with which scope.</summary>
internal sealed class Credentials : IOpenApiOperationTransformer
{
    public const string ApiKey = "api_key";
    public const string Bearer = "bearer";

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any())
        {
            // Since 3.1 a scheme of any kind may name what the caller must be allowed to.
            List<string> scopes = metadata.OfType<RequiredScope>().LastOrDefault() is { } scope ? [scope.Name] : [];
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ApiKey, context.Document)] = scopes,
                },
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = scopes,
                },
            ];
        }
        else if (metadata.OfType<AcceptedScope>().LastOrDefault() is { } accepted)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement(),
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ApiKey, context.Document)] = [accepted.Name],
                },
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [accepted.Name],
                },
            ];
        }
        else
        {
            // Said aloud: an operation that says nothing might have been forgotten.
            operation.Security = [];
        }

        return Task.CompletedTask;
    }
}
