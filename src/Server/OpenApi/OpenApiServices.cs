using Microsoft.AspNetCore.Builder;

namespace Decant.Server.OpenApi;

internal static class OpenApiServices
{
    public static void AddOpenApiDocument(this WebApplicationBuilder builder) =>
        builder
            .Services.AddSingleton<DocumentCopies>()
            .AddOpenApi(
                DocumentCopies.Name,
                options =>
                {
                    options.AddDocumentTransformer<Introduction>();
                    options.AddDocumentTransformer<Tags>();
                    options.AddDocumentTransformer<WebhookSection>();
                    options.AddDocumentTransformer<WarningFields>();
                    options.AddOperationTransformer<OperationIds>();
                    options.AddOperationTransformer<Parameters>();
                    options.AddOperationTransformer<Credentials>();
                    options.AddOperationTransformer<IdempotencyKeys>();
                    options.AddOperationTransformer<Refusals>();
                    options.AddOperationTransformer<AnswerHeaders>();
                    options.AddOperationTransformer<Descriptions>();
                    options.AddSchemaTransformer<Numbers>();
                    options.AddSchemaTransformer<Times>();
                    options.AddSchemaTransformer<Examples>();
                    options.AddSchemaTransformer<FieldExamples>();
                    options.AddSchemaTransformer<EventShapes>();
                    options.AddSchemaTransformer<RequiredFields>();
                    options.AddSchemaTransformer<SubtitleShapes>();
                }
            );

    /// <summary>The document at <c>/openapi/v1.json</c>, and a page to try it at <c>/docs</c>.</summary>
    public static void MapOpenApiDocument(this WebApplication app)
    {
        DocumentCopies.Map(app);
        app.MapDocsPage();
    }
}
