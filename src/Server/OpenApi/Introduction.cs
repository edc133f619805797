using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>The document's <c>info</c> and its security schemes.</summary>
internal sealed class Introduction : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Decant",
            Version = "1",
            Description =
                "Media out of any page, in the container you ask for. Refusals are problem+json (RFC 9457) with a stable code.",
            Contact = new OpenApiContact
            {
                Name = "The operator of this server",
                Url = new Uri(DocumentCopies.Placeholder),
            },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers =
        [
            new OpenApiServer
            {
                Url = DocumentCopies.Placeholder,
                Description = "The server that this document is from.",
            },
        ];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Credentials.ApiKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-API-Key",
                Description = "An API key (ap_…) from POST /api/v1/auth/api-keys. It pays from the API wallet.",
            },
            [Credentials.Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description =
                    "An access token from POST /api/v1/auth/token, which pays from the credits. An API key is accepted as well.",
            },
        };
        return Task.CompletedTask;
    }
}
