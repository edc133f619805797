using System.Globalization;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>The ids of server-sent events: how far a watcher has seen, in milliseconds since 1970.</summary>
internal static class EventId
{
    private const string Header = "Last-Event-ID";

    /// <summary>The same as a parameter: a page that makes a new <c>EventSource</c> cannot set a header.</summary>
    private const string Parameter = "last_event_id";

    /// <summary>Says of an operation of the document that it takes such an id.</summary>
    public static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(
            Describe(Header, ParameterLocation.Header, "Browsers send it by themselves when they come back.")
        );
        operation.Parameters.Add(
            Describe(
                Parameter,
                ParameterLocation.Query,
                $"For whoever cannot set the header {Header}, which goes before it."
            )
        );
        return Task.CompletedTask;
    }

    public static string Write(DateTimeOffset time) => Of(time).ToString(CultureInfo.InvariantCulture);

    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <returns>How far the client has seen before; null for one that watches for the first time.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static long? Read(HttpRequest request) =>
        Read(Header, request.Headers[Header]) ?? Read(Parameter, request.Query[Parameter]);

    private static long? Read(string field, string? value) =>
        QueryText.ReadNumber(field, value, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    private static OpenApiParameter Describe(string name, ParameterLocation place, string more) =>
        new()
        {
            Name = name,
            In = place,
            Description =
                "The `id` of the last event that was seen, in milliseconds since 1970: the stream goes on from there. "
                + more,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = "0",
            },
        };
}
