using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

/// <summary>The document as the JSON that it is.</summary>
internal static class OpenApiJson
{
    public static async Task<JsonNode> DocumentAsync(this HttpClient http) =>
        JsonNode.Parse(await http.GetStringAsync(ApiDocument.Path))!;

    /// <returns>Each by its method and path.</returns>
    public static IEnumerable<KeyValuePair<string, JsonNode>> Operations(this JsonNode document) =>
        document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(one => KeyValuePair.Create($"{one.Key} {path.Key}", one.Value!))
            );
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class OpenApiServer : ICollectionFixture<ServerOn<Sqlite>>;
