using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts.Admin;
using Decant.Server.Accounts.Audit;
using Decant.Server.Billing;
using Decant.Server.Formats;
using Decant.Server.Jobs.Endpoints;
using Decant.Server.Webhooks;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>The closed sets that parameters of queries are of. They are read as text, so that what is of none is refused by name.</summary>
internal static class FilterSets
{
    private static readonly (string PathPart, string Name, IReadOnlyList<string> Values)[] Known =
    [
        ("/jobs", "status", JobFilter.Statuses),
        ("/jobs", "platform", FormatsEndpoints.Platforms),
        ("/jobs", "format", JobFilter.Formats),
        ("/jobs", "sort", JobSort.Names),
        ("/deliveries", "status", NamesOf<DeliveryStatus>()),
        ("/usage", "type", NamesOf<EntryKind>()),
        ("/statistics", "by", ["day", "month"]),
        ("/audit", "action", NamesOf<AuditAction>()),
    ];

    /// <returns>The parameter's schema; null where it is of no closed set.</returns>
    public static OpenApiSchema? Of(string path, string name) =>
        Known.FirstOrDefault(one => one.Name == name && path.Contains(one.PathPart, StringComparison.Ordinal)).Values
            is { } values
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))],
            }
            : null;

    private static string[] NamesOf<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
