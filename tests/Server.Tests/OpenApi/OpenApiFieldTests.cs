using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

[Collection<OpenApiServer>]
public sealed class OpenApiFieldTests(ServerOn<Sqlite> on)
{
    private readonly HttpClient _http = on.Server.Public;

    [Fact]
    public async Task Numbers_are_numbers_and_fields_are_described()
    {
        var info = (await _http.DocumentAsync())["components"]!["schemas"]!["InfoResponse"]!["properties"]!;

        Assert.Equal("integer", (string?)info["estimated_credits"]!["type"]);
        Assert.False(string.IsNullOrEmpty((string?)info["estimated_credits"]!["description"]));
    }

    [Fact]
    public async Task Every_field_and_every_parameter_is_described()
    {
        var document = await _http.DocumentAsync();
        var fields = document["components"]!["schemas"]!
            .AsObject()
            .SelectMany(schema =>
                (schema.Value!["properties"]?.AsObject() ?? []).Select(field =>
                    KeyValuePair.Create($"{schema.Key}.{field.Key}", field.Value!)
                )
            );
        var parameters = document
            .Operations()
            .SelectMany(operation =>
                (operation.Value["parameters"]?.AsArray() ?? []).Select(parameter =>
                    KeyValuePair.Create($"{operation.Key} {parameter!["name"]}", parameter)
                )
            );

        Assert.Equal(
            [],
            fields.Concat(parameters).Where(one => !IsDescribed(one.Value, document)).Select(one => one.Key)
        );
    }

    [Fact]
    public async Task Every_field_that_is_a_value_has_an_example()
    {
        var document = await _http.DocumentAsync();
        var values = document["components"]!["schemas"]!
            .AsObject()
            .SelectMany(schema =>
                (schema.Value!["properties"]?.AsObject() ?? []).Select(field =>
                    KeyValuePair.Create($"{schema.Key}.{field.Key}", field.Value!.AsObject())
                )
            )
            .Where(field => IsValue(field.Value));

        Assert.Equal([], values.Where(field => field.Value["examples"] is null).Select(field => field.Key));
    }

    /// <summary>Neither a thing of many fields, nor one of a few words that are listed, nor yes or no.</summary>
    private static bool IsValue(JsonObject field)
    {
        string[] others = ["$ref", "oneOf", "anyOf", "allOf", "enum"];
        string[] types = ["object", "array", "boolean"];
        return !others.Any(field.ContainsKey)
            && !types.Any(type => $"{field["type"]?.ToJsonString()}".Contains(type, StringComparison.Ordinal));
    }

    /// <summary>In its own words, or in those of the schema that it is.</summary>
    private static bool IsDescribed(JsonNode one, JsonNode document) =>
        !string.IsNullOrEmpty((string?)one["description"])
        || (
            (string?)one["$ref"] is { } reference
            && IsDescribed(document["components"]!["schemas"]![reference.Split('/')[^1]]!, document)
        )
        || (one["oneOf"]?.AsArray().Any(choice => IsDescribed(choice!, document)) ?? false);
}
