using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Server.Jobs.Requests;

/// <summary>The part of a medium that is wanted. Times are seconds (<c>90</c>, <c>"90.5"</c>) or <c>hh:mm:ss</c>.</summary>
internal sealed record ClipRequest
{
    /// <summary>Beginning of the clip; the medium's beginning where left out.</summary>
    [JsonConverter(typeof(NumberOrText))]
    public string? Start { get; init; }

    /// <summary>End of the clip; the medium's end where left out.</summary>
    [JsonConverter(typeof(NumberOrText))]
    public string? End { get; init; }

    /// <summary>Keeps a number as it was written, for the one reader of times.</summary>
    private sealed class NumberOrText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                JsonTokenType.String => reader.GetString(),
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
