using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Server.Hosting;

/// <summary>JSON as the contract has it.</summary>
internal static class WireJson
{
    /// <summary>Levels of nesting in a request; the deepest that means anything, a clip in a bulk request, has four.</summary>
    private const int MaxDepth = 16;

    public static void Configure(JsonSerializerOptions options)
    {
        options.MaxDepth = MaxDepth;
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Converters.Add(new UtcTime());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    /// <summary><c>2024-01-15T10:30:00Z</c>: whole seconds, as the documents show them and their readers parse them.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
    }
}
