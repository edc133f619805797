using Microsoft.AspNetCore.Builder;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Decant.Server.OpenApi;

internal static class OpenApiServices
{
    /// <summary>Narrow screens wrap what the page would run off them with.</summary>
    private const string ForPhones = """
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
          @media (max-width: 640px) {
            .swagger-ui .wrapper { padding: 0 10px; }
            .swagger-ui .info { margin: 16px 0; }
            .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
            .swagger-ui .opblock .opblock-summary-path { max-width: 100%; word-break: break-word; }
            .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 10px; }
            .swagger-ui table.parameters td, .swagger-ui table.parameters tr { display: block; width: 100%; }
            .swagger-ui .opblock-body pre.microlight { word-break: break-word; white-space: pre-wrap; }
          }
        </style>
        """;

    public static void AddOpenApiDocument(this WebApplicationBuilder builder) =>
        builder
            .Services.AddHttpContextAccessor()
            .AddOpenApi(
                "v1",
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
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Decant";
            page.SwaggerEndpoint("/openapi/v1.json", "Decant");
            page.EnableFilter();
            page.EnablePersistAuthorization();
            page.EnableDeepLinking();
            page.DisplayRequestDuration();
            // Closed: a hundred operations and two hundred schemas are no first view.
            page.DocExpansion(DocExpansion.None);
            page.DefaultModelsExpandDepth(-1);
            page.HeadContent = ForPhones;
        });
    }
}
