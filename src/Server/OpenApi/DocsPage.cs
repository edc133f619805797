using System.Text;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Decant.Server.OpenApi;

/// <summary>
/// The page at <c>/docs</c> to read and try the API: Swagger UI's own script and style within a document of ours. Nothing of it runs
/// inline, so that its policy can forbid that, and a key that was entered stays in the tab (session storage) and no longer.
/// </summary>
internal static class DocsPage
{
    private const string Root = "/docs";

    /// <summary>Names the package's files, which never change within a version.</summary>
    private static readonly string Version = typeof(SwaggerUIOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The API's document is fetched while the script is; on narrow screens what would run off them is wrapped.</summary>
    private static readonly string Document = $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Decant: the API</title>
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <link rel="preload" href="{{DocumentCopies.Path}}" as="fetch" crossorigin>
          <link rel="stylesheet" href="./swagger-ui.css?v={{Version}}">
          <link rel="icon" type="image/png" href="./favicon-32x32.png" sizes="32x32">
          <style>
            body { margin: 0; background: #fafafa; }
            .swagger-ui .filter .operation-filter-input { font-size: 16px; }
            @media (max-width: 640px) {
              .swagger-ui .wrapper { padding: 0 10px; }
              .swagger-ui .info { margin: 16px 0; }
              .swagger-ui .scheme-container { padding: 12px 0; }
              .swagger-ui .scheme-container .schemes .servers label, .swagger-ui .scheme-container .schemes .servers label select { margin-right: 0; max-width: 100%; }
              .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
              .swagger-ui .opblock .opblock-summary-path { max-width: calc(100% - 120px); flex-shrink: 1; word-break: break-word; }
              .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 0; }
              .swagger-ui .opblock-tag { display: grid; grid-template-columns: 1fr auto; font-size: 20px; }
              .swagger-ui .opblock-tag small { grid-row: 2; grid-column: 1 / -1; padding: 0; }
              .swagger-ui .filter .operation-filter-input { width: 100%; max-width: 100%; box-sizing: border-box; }
              .swagger-ui table.parameters, .swagger-ui table.parameters tbody { display: block; }
              .swagger-ui table.parameters td, .swagger-ui table.parameters tr { display: block; width: 100%; }
              .swagger-ui table.parameters thead { display: none; }
              .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { width: 100%; max-width: 100%; }
              .swagger-ui .opblock-body pre.microlight { word-break: break-word; white-space: pre-wrap; }
              .swagger-ui .responses-table, .swagger-ui .responses-table tbody { display: block; }
              .swagger-ui .responses-table tr { display: flex; flex-wrap: wrap; }
              .swagger-ui .responses-table thead, .swagger-ui .response-col_links { display: none; }
              .swagger-ui .response-col_description { flex: 1 1 100%; max-width: 100%; overflow-x: auto; }
            }
          </style>
        </head>
        <body>
          <main id="swagger-ui"></main>
          <script src="./swagger-ui-bundle.js?v={{Version}}" defer></script>
          <script src="./decant.js" defer></script>
        </body>
        </html>
        """;

    /// <summary>Starts Swagger UI. Its own way to remember a key is local storage, which every later visitor of the browser has.</summary>
    private static readonly string Script = $$"""
        addEventListener("DOMContentLoaded", () => {
          const kept = "decant-docs-authorized";
          const ofDecant = () => ({
            statePlugins: {
              spec: {
                wrapActions: {
                  // The ways to sign in refer to nothing. To see that, it would read the whole document once more, for seconds of the processor.
                  requestResolvedSubtree: (ask, { specActions, specSelectors }) => (path) =>
                    path.includes("securitySchemes")
                      ? specActions.updateResolvedSubtree(path, specSelectors.specJson().getIn(path).toJS())
                      : ask(path),
                },
              },
              auth: {
                wrapActions: {
                  persistAuthorizationIfNeeded: (_, system) => () =>
                    sessionStorage.setItem(kept, JSON.stringify(system.authSelectors.authorized().toJS())),
                },
              },
            },
          });
          const page = SwaggerUIBundle({
            url: "{{DocumentCopies.Path}}",
            dom_id: "#swagger-ui",
            presets: [SwaggerUIBundle.presets.apis],
            plugins: [ofDecant],
            layout: "BaseLayout",
            filter: true,
            deepLinking: true,
            docExpansion: "none",
            defaultModelsExpandDepth: -1,
            displayRequestDuration: true,
            validatorUrl: null,
            onComplete: () => {
              const authorized = sessionStorage.getItem(kept);
              if (authorized) page.authActions.restoreAuthorization({ authorized: JSON.parse(authorized) });
            },
          });
        });
        """;

    public static void MapDocsPage(this WebApplication app)
    {
        var origin = app.Services.GetRequiredService<PublicOrigin>();
        app.MapGet($"{Root}/decant.js", () => TypedResults.Text(Script, "text/javascript; charset=utf-8"))
            .ExcludeFromDescription();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase),
            branch =>
                branch.Use(
                    (context, next) =>
                    {
                        context.Response.OnStarting(() => SetHeaders(context, origin));
                        return next(context);
                    }
                )
        );
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Root[1..];
            page.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(Document));
        });
    }

    private static Task SetHeaders(HttpContext context, PublicOrigin origin)
    {
        var headers = context.Response.Headers;
        if (context.Request.Query.ContainsKey("v") && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            headers.CacheControl = "public, max-age=31536000, immutable";
        }
        else if (context.Request.Path.Value!.EndsWith(".js", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-cache";
        }

        // Calls go to the address that the document names, which may be another than the page was opened at.
        headers[HeaderNames.ContentSecurityPolicy] =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
            + $"connect-src 'self' {origin.Of(context.Request)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }
}
