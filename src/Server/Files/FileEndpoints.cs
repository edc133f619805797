using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Decant.Server.Files;

internal static class FileEndpoints
{
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FilesOptions>("Files");
        builder.Services.AddSingleton<LinkKey>();
        builder.Services.AddSingleton<FileLinks>();
        PublicOrigin.Add(builder);
        builder.Services.AddSingleton<FileRemovals>();
        builder.Services.AddHostedService<FileJanitor>();
        builder.Services.AddHostedService<OrphanSweep>();
        builder.Services.AddSingleton<KeptMedia>();
        builder.Services.AddSingleton<INodeListener>(provider => provider.GetRequiredService<KeptMedia>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<KeptMedia>());
    }

    public static void MapFiles(this IEndpointRouteBuilder app) =>
        app.MapMethods("/download/{name}", [HttpMethods.Get, HttpMethods.Head], DownloadFile.HandleAsync)
            .WithTags("Files")
            .Refuses(ApiError.BadSignature)
            .WithSummary("A file that a job made, by the signed link that the job shows")
            .AddOpenApiOperationTransformer(DescribeInlineAsync)
            .ProducesFile("application/octet-stream")
            .Produces(StatusCodes.Status302Found);

    /// <summary>Documents the answers of <see cref="FileAnswer"/>.</summary>
    public static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder endpoint, string contentType) =>
        endpoint
            .Produces(StatusCodes.Status200OK, contentType: contentType)
            .Produces(StatusCodes.Status206PartialContent, contentType: contentType)
            .Produces(StatusCodes.Status304NotModified)
            .Produces(StatusCodes.Status412PreconditionFailed)
            .Produces(StatusCodes.Status416RangeNotSatisfiable);

    /// <summary>Documents <c>inline</c>, which is not part of what is signed, so that whoever has a link may add it.</summary>
    private static Task DescribeInlineAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = "inline",
                In = ParameterLocation.Query,
                Description = "`1` shows the file in the browser in place of saving it.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["1"] },
            }
        );
        return Task.CompletedTask;
    }
}
