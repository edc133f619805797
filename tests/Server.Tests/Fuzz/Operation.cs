using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Fuzz;

/// <summary>One operation of the document, with all that can be said to it.</summary>
/// <param name="Document">Where the references in its schemas lead.</param>
internal sealed record Operation(
    HttpMethod Method,
    string Path,
    IReadOnlyList<Parameter> Parameters,
    string? ContentType,
    JsonNode? Body,
    JsonNode Document
)
{
    public string Name => $"{Method} {Path}";

    public bool IsAdministration => Path.Contains("/admin/", StringComparison.Ordinal);

    public static IReadOnlyList<Operation> All(JsonNode document) =>
        [
            .. document["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .Where(one => one.Value is JsonObject)
                        .Select(one => Read(path.Key, one.Key, one.Value!, document))
                ),
        ];

    /// <returns>The schema itself, where it is named elsewhere; of several, the one that is not null.</returns>
    public JsonNode Resolve(JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = ((string)reference!).Split('/')[^1];
            return Resolve(Document["components"]!["schemas"]![name]!);
        }

        return schema["oneOf"] is JsonArray several
            ? Resolve(several.First(one => (one!["type"] as JsonValue)?.ToString() != "null")!)
            : schema;
    }

    private static Operation Read(string path, string method, JsonNode operation, JsonNode document)
    {
        var content = operation["requestBody"]?["content"]?.AsObject().First();
        return new Operation(
            new HttpMethod(method.ToUpperInvariant()),
            path,
            [
                .. (operation["parameters"]?.AsArray() ?? []).Select(parameter => new Parameter(
                    (string)parameter!["name"]!,
                    (string)parameter["in"]!
                )),
            ],
            content?.Key,
            content?.Value!["schema"],
            document
        );
    }
}

/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
internal sealed record Parameter(string Name, string In);
