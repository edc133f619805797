using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>How YouTube writes JSON, and the shapes it wraps text in.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions WithoutNulls = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Text(object value) => JsonSerializer.Serialize(value, WithoutNulls);

    public static JsonObject Node(object value) => JsonSerializer.SerializeToNode(value, WithoutNulls)!.AsObject();

    public static object Simple(string text) => new { simpleText = text };

    public static object Runs(string text) => new { runs = new[] { new { text } } };

    /// <summary>The channel's name, linked to it.</summary>
    public static object Owner { get; } = new
    {
        runs = new[]
        {
            new
            {
                text = YouTubeVideo.Channel,
                navigationEndpoint = new
                {
                    commandMetadata = new { webCommandMetadata = new { url = $"/{YouTubeVideo.Handle}" } },
                    browseEndpoint = new
                    {
                        browseId = YouTubeVideo.ChannelId,
                        canonicalBaseUrl = $"/{YouTubeVideo.Handle}",
                    },
                },
            },
        },
    };
}
