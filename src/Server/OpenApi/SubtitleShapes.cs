using System.Text.Json.Nodes;
using Decant.Server.Jobs.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says in which shapes subtitles can be asked for: their own reader hides them from the generator.</summary>
internal sealed class SubtitleShapes : IOpenApiSchemaTransformer
{
    private const string Tags = "BCP 47, matched as audio_language is: pt takes pt-BR. 1 to 20.";

    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.JsonTypeInfo.Type == typeof(SubtitlesRequest))
        {
            schema.Type = null;
            schema.Description =
                "Subtitles to deliver: people's own, or automatic captions where the source has no others in a language. "
                + "An object, or the languages alone.";
            schema.OneOf = [Whole(), List(), Word("One language, or several with commas between.", "en", "en,de")];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Whole() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "languages" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["languages"] = List(),
                ["mode"] = Choice(
                    "embed puts them into the medium (mp4, mov, mkv, webm), files beside it. Otherwise into the medium where its container holds them and no format is named.",
                    "embed",
                    "files"
                ),
                ["format"] = Choice("Format of subtitle files; srt otherwise.", "srt", "vtt"),
            },
            Examples = [JsonNode.Parse("""{"languages": ["en", "de"], "mode": "files", "format": "vtt"}""")!],
        };

    private static OpenApiSchema List() =>
        new()
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
            MinItems = 1,
            MaxItems = 20,
            Description = Tags,
        };

    private static OpenApiSchema Word(string description, params string[] examples) =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = description,
            Examples = [.. examples.Select(example => (JsonNode)example)],
        };

    private static OpenApiSchema Choice(string description, params string[] words) =>
        new()
        {
            Type = JsonSchemaType.String | JsonSchemaType.Null,
            Description = description,
            Enum = [.. words.Select(word => (JsonNode)word)],
        };
}
