using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Fuzz;

/// <summary>Makes what an operation would take, so that one thing at a time can be wrong with it.</summary>
/// <param name="url">A medium that can be had.</param>
internal sealed class Sample(Operation operation, string url)
{
    private readonly Dictionary<string, string> _plausible = new()
    {
        ["url"] = url,
        ["format"] = "mp4",
        ["quality"] = "360p",
        ["format_selector"] = "best",
        ["video_codec"] = "h264",
        ["audio_codec"] = "aac",
        ["audio_language"] = "en",
        ["dynamic_range"] = "sdr",
        ["playlist_items"] = "1-3",
        ["start"] = "1",
        ["end"] = "2.5",
        ["email"] = "somebody@example.org",
        ["username"] = "somebody@example.org",
        ["password"] = "river otter lantern",
        ["role"] = "user",
        ["webhook_url"] = "https://example.org/hook",
        ["events"] = "job.completed",
        ["scopes"] = "media:read",
    };

    public JsonNode? Body => operation.Body is { } schema ? Of(schema, "") : null;

    /// <summary>Every place of a body where something else could stand, such as <c>downloads/0/url</c>.</summary>
    public static IEnumerable<IReadOnlyList<object>> Places(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(one => Below(one.Key, one.Value)),
            JsonArray list => list.SelectMany((one, index) => Below(index, one)),
            _ => [],
        };

    private static IEnumerable<IReadOnlyList<object>> Below(object step, JsonNode? node) =>
        Places(node).Select(rest => (IReadOnlyList<object>)[step, .. rest]).Prepend([step]);

    private JsonNode? Of(JsonNode schema, string field)
    {
        schema = operation.Resolve(schema);
        if (field == "url" || !schema.AsObject().ContainsKey("type"))
        {
            return _plausible.GetValueOrDefault(field, "text");
        }

        var type = TypeOf(schema);
        return type switch
        {
            "object" => new JsonObject(
                (schema["properties"]?.AsObject() ?? []).Select(one =>
                    KeyValuePair.Create(one.Key, Of(one.Value!, one.Key))
                )
            ),
            "array" => new JsonArray(Of(schema["items"]!, field)),
            "boolean" => true,
            "integer" => 7,
            "number" => 7.5,
            _ => (string?)schema["enum"]?[0] ?? _plausible.GetValueOrDefault(field, "some text of ours"),
        };
    }

    private static string TypeOf(JsonNode schema) =>
        schema["type"] is JsonArray several
            ? several.Select(one => (string)one!).First(one => one != "null")
            : (string)schema["type"]!;
}
