using System.Text.Json;
using System.Text.Json.Serialization;
using Decant.Engine.Planning;

namespace Decant.Server.Jobs.Requests;

/// <summary>
/// Subtitles that are wanted. On the wire an object; or its languages alone, as a list or as one text (<c>"en"</c>, <c>"en,de"</c>).
/// </summary>
/// <param name="Languages">BCP 47, matched as <c>audio_language</c> is: <c>pt</c> takes <c>pt-BR</c>.</param>
/// <param name="Mode"><c>embed</c> or <c>files</c>; otherwise into the medium where its container holds them, and beside it elsewhere.</param>
/// <param name="Format">Format of subtitle files: <c>srt</c> (otherwise) or <c>vtt</c>.</param>
[JsonConverter(typeof(ObjectListOrText))]
internal sealed record SubtitlesRequest(IReadOnlyList<string?>? Languages, string? Mode = null, string? Format = null)
{
    public SubtitleWords ToWords() =>
        new()
        {
            Languages = Languages,
            Mode = Mode,
            Format = Format,
        };

    private sealed class ObjectListOrText : JsonConverter<SubtitlesRequest>
    {
        public override SubtitlesRequest? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var value = document.RootElement;
            return value.ValueKind == JsonValueKind.Object
                ? new SubtitlesRequest(
                    value.TryGetProperty("languages", out var languages) ? ReadLanguages(languages) : null,
                    ReadText(value, "mode"),
                    ReadText(value, "format")
                )
                : new SubtitlesRequest(ReadLanguages(value));
        }

        public override void Write(Utf8JsonWriter writer, SubtitlesRequest value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("languages");
            foreach (var language in value.Languages ?? [])
            {
                writer.WriteStringValue(language);
            }

            writer.WriteEndArray();
            writer.WriteString("mode", value.Mode);
            writer.WriteString("format", value.Format);
            writer.WriteEndObject();
        }

        private static List<string?>? ReadLanguages(JsonElement value) =>
            value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString()!.Split(',', StringSplitOptions.TrimEntries).ToList<string?>(),
                JsonValueKind.Array => value.EnumerateArray().Select(ReadText).ToList(),
                _ => throw new JsonException(),
            };

        private static string? ReadText(JsonElement value, string name) =>
            value.TryGetProperty(name, out var text) ? ReadText(text) : null;

        private static string? ReadText(JsonElement value) =>
            value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                _ => throw new JsonException(),
            };
    }
}
