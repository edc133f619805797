using System.Globalization;
using System.Text.Json;

namespace Decant.Server.Tests.OpenApi;

/// <summary>As much of JSON Schema as the document uses.</summary>
/// <param name="components">Where references lead.</param>
internal sealed class Schemas(JsonElement components)
{
    /// <param name="value">What came.</param>
    /// <param name="schema">What it is said to be.</param>
    /// <param name="isStrict">A field that is not described is a fault. (A refusal's figures are its own.)</param>
    /// <param name="at">Where it stands.</param>
    /// <returns>What is wrong with a value, and where; null for nothing.</returns>
    public string? FaultOf(JsonElement value, JsonElement schema, bool isStrict, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return FaultOf(value, components.GetProperty(reference.GetString()!.Split('/')[^1]), isStrict, at);
        }

        foreach (var choices in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choices, out var several))
            {
                var faults = several.EnumerateArray().Select(one => FaultOf(value, one, isStrict, at)).ToList();
                return faults.Contains(null) ? null : string.Join(" or ", faults);
            }
        }

        return FaultOfType(value, schema, at)
            ?? FaultOfValue(value, schema, at)
            ?? value.ValueKind switch
            {
                JsonValueKind.Object => FaultOfObject(value, schema, isStrict, at),
                JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value
                    .EnumerateArray()
                    .Select((item, index) => FaultOf(item, items, isStrict, $"{at}[{index}]"))
                    .FirstOrDefault(fault => fault is not null),
                _ => null,
            };
    }

    private static string? FaultOfType(JsonElement value, JsonElement schema, string at)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return null;
        }

        List<string> types =
            type.ValueKind == JsonValueKind.Array
                ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
                : [type.GetString()!];
        var isOne = value.ValueKind switch
        {
            JsonValueKind.Null => types.Contains("null"),
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
            JsonValueKind.String => types.Contains("string"),
            JsonValueKind.Array => types.Contains("array"),
            JsonValueKind.Object => types.Contains("object"),
            _ => types.Contains("number") || (types.Contains("integer") && value.TryGetInt64(out _)),
        };
        return isOne ? null : $"{at} is {value.GetRawText()} and no {string.Join(" or ", types)}";
    }

    private static string? FaultOfValue(JsonElement value, JsonElement schema, string at)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (
            schema.TryGetProperty("enum", out var known)
            && known.EnumerateArray().All(one => one.GetRawText() != value.GetRawText())
        )
        {
            return $"{at} is {value.GetRawText()}, not one of {known.GetRawText()}";
        }

        var isWrong =
            value.ValueKind == JsonValueKind.Number
                ? (schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble())
                    || (schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble())
                : schema.TryGetProperty("format", out var format) && !IsOf(format.GetString(), value);
        return isWrong ? $"{at} is {value.GetRawText()}, out of its range or format" : null;
    }

    private static bool IsOf(string? format, JsonElement value) =>
        format switch
        {
            "uuid" => value.TryGetGuid(out _),
            "date-time" => value.TryGetDateTimeOffset(out _) && value.GetString()!.EndsWith('Z'),
            "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
            _ => true,
        };

    private string? FaultOfObject(JsonElement value, JsonElement schema, bool isStrict, string at)
    {
        var fields = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)
            : [];
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!)
            : [];
        if (required.FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
        {
            return $"{at}.{missing} is missing";
        }

        schema.TryGetProperty("additionalProperties", out var others);
        foreach (var field in value.EnumerateObject())
        {
            var inside = string.Create(CultureInfo.InvariantCulture, $"{at}.{field.Name}");
            var fault =
                fields.TryGetValue(field.Name, out var own) ? FaultOf(field.Value, own, isStrict, inside)
                : others.ValueKind == JsonValueKind.Object ? FaultOf(field.Value, others, isStrict, inside)
                : isStrict && fields.Count > 0 && others.ValueKind != JsonValueKind.True ? $"{inside} is not described"
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }
}
