using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Decant.Lab.Media;

/// <summary>What a made file turned out to be: the lab announces what was measured, never what was intended.</summary>
internal static class MediaMeasure
{
    public static async Task<MediaFile> MeasureAsync(
        MediaRecipe recipe,
        string path,
        CancellationToken cancellationToken
    )
    {
        var urlPath = recipe.Entry is null ? $"/media/{recipe.Name}" : $"/media/{recipe.Name}/{recipe.Entry}";
        await using var content = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var bare = new MediaFile(recipe.Name, urlPath, content.Length, hash, null, null, null, null, null);
        if (!recipe.IsProbed)
        {
            return bare;
        }

        using var probe = JsonDocument.Parse(await FfmpegProcess.ProbeAsync(path, cancellationToken));
        var streams = probe.RootElement.GetProperty("streams").EnumerateArray().ToList();
        var audio = streams.Find(stream => Is(stream, "audio"));
        // The tallest, where a manifest offers several.
        var video = streams
            .Where(stream => Is(stream, "video"))
            .OrderByDescending(stream => stream.GetProperty("height").GetInt32())
            .FirstOrDefault();
        var format = probe.RootElement.GetProperty("format");
        return bare with
        {
            Duration = Seconds(format),
            AudioCodec = Codec(audio),
            VideoCodec = Codec(video),
            Width = Number(video, "width"),
            Height = Number(video, "height"),
        };
    }

    private static bool Is(JsonElement stream, string kind) => stream.GetProperty("codec_type").ValueEquals(kind);

    private static string? Codec(JsonElement stream) =>
        stream.ValueKind == JsonValueKind.Object ? stream.GetProperty("codec_name").GetString() : null;

    private static int? Number(JsonElement stream, string name) =>
        stream.ValueKind == JsonValueKind.Object ? stream.GetProperty(name).GetInt32() : null;

    private static double? Seconds(JsonElement format) =>
        format.TryGetProperty("duration", out var text)
        && double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
