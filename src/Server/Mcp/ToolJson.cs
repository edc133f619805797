using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Decant.Server.Hosting;
using Decant.Server.Manners;
using Decant.Server.Mcp.Calls;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Decant.Server.Mcp;

/// <summary>JSON of the tools: the wire's, with nothing in it that says nothing.</summary>
internal static class ToolJson
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>Schema of arguments or of an answer. A field that may be left out may not be null, which half the clients cannot read.</summary>
    public static JsonElement SchemaOf(Type type)
    {
        var schema = JsonNode.Parse(AIJsonUtilities.CreateJsonSchema(type, serializerOptions: Options).GetRawText())!;
        Simplify(schema);
        return JsonSerializer.SerializeToElement(schema);
    }

    /// <exception cref="CallRefusedException"><c>invalid_request</c>, naming what is at fault.</exception>
    public static TArguments Read<TArguments>(IDictionary<string, JsonElement>? arguments, JsonElement schema)
    {
        var known = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(one => one.Name).ToList()
            : [];
        foreach (var name in (arguments?.Keys ?? []).Except(known))
        {
            var nearest = NearestName.Of(name, known) is { } near ? $" Did you mean '{near}'?" : "";
            throw CallRefusedException.Invalid(
                $"There is no argument '{name}'.{nearest} Known are {string.Join(", ", known)}."
            );
        }

        try
        {
            return JsonSerializer.Deserialize<TArguments>(
                JsonSerializer.SerializeToUtf8Bytes(arguments ?? new Dictionary<string, JsonElement>()),
                Options
            )!;
        }
        catch (JsonException wrong)
        {
            throw CallRefusedException.Invalid(
                wrong.Path is ['$', '.', .. { Length: > 0 } field]
                    ? $"The argument '{field}' has a value of the wrong type."
                    : "An argument is missing: " + Required(schema) + " must be given."
            );
        }
    }

    public static CallToolResult Answer<TAnswer>(TAnswer answer)
    {
        var json = JsonSerializer.SerializeToElement(answer, Options);
        return new CallToolResult { StructuredContent = json, Content = [Text(json)] };
    }

    /// <summary>A refusal as the tool's answer, so that the model reads it; it is not of the answer's schema, and so not structured content.</summary>
    public static CallToolResult Refuse(CallRefusedException refusal) =>
        new()
        {
            IsError = true,
            Content =
            [
                Text(
                    JsonSerializer.SerializeToElement(
                        new Refusal(
                            refusal.Code,
                            refusal.Message,
                            refusal.IsRetryable,
                            refusal.RetryAfter,
                            refusal.Errors,
                            NextStep.After(refusal)
                        ),
                        Options
                    )
                ),
            ],
        };

    private static TextContentBlock Text(JsonElement json) => new() { Text = json.GetRawText() };

    private static string Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required)
            ? string.Join(", ", required.EnumerateArray().Select(one => one.GetString()))
            : "it";

    private static void Simplify(JsonNode node)
    {
        switch (node)
        {
            case JsonObject schema:
                schema.Remove("default");
                schema.Remove("$schema");
                if (schema["type"] is JsonArray types)
                {
                    var one = types.Select(type => (string)type!).First(type => type != "null");
                    schema["type"] = one;
                }

                if (schema["enum"] is JsonArray values)
                {
                    foreach (var nothing in values.Where(value => value is null).ToList())
                    {
                        values.Remove(nothing);
                    }
                }

                foreach (var (_, inner) in schema.ToList())
                {
                    if (inner is not null)
                    {
                        Simplify(inner);
                    }
                }

                break;
            case JsonArray list:
                foreach (var inner in list.OfType<JsonObject>().ToList())
                {
                    Simplify(inner);
                }

                break;
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            // Read by models, who pay by the letter, and never by a browser.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        WireJson.Configure(options);
        options.MakeReadOnly();
        return options;
    }

    private sealed record Refusal(
        string Code,
        string Message,
        bool Retryable,
        int? RetryAfter,
        JsonElement? Errors,
        string Next
    );
}
