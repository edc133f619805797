using System.Globalization;
using System.Text.Json.Nodes;
using Decant.Engine.Fetching.Hls;

namespace Decant.Engine.Extracting;

/// <summary>Formats of a master playlist as the extractor would list them.</summary>
internal static class HlsFormats
{
    public static JsonArray Of(HlsMaster master, Uri manifest)
    {
        var formats = new JsonArray();
        var apart = master.Renditions.Where(rendition => rendition is { IsSound: true, Url: not null }).ToList();
        foreach (var (sound, number) in apart.Select((sound, number) => (sound, number)))
        {
            var format = Of(string.Create(CultureInfo.InvariantCulture, $"audio-{number}"), sound.Url!, manifest);
            format["vcodec"] = "none";
            format["language"] = sound.Attributes.GetValueOrDefault("LANGUAGE");
            formats.Add((JsonNode)format);
        }
        foreach (var (variant, number) in master.Variants.Select((variant, number) => (variant, number)))
        {
            var format = Of(string.Create(CultureInfo.InvariantCulture, $"{number}"), variant.Url, manifest);
            format["tbr"] = variant.Bandwidth / 1000.0;
            AddCodecs(format, variant, apart);
            formats.Add((JsonNode)format);
        }
        return formats;
    }

    public static JsonObject Of(string id, Uri url, Uri? manifest = null) =>
        new()
        {
            ["format_id"] = id,
            ["url"] = url.AbsoluteUri,
            ["manifest_url"] = manifest?.AbsoluteUri,
            ["protocol"] = "m3u8_native",
            ["ext"] = "mp4",
        };

    private static void AddCodecs(JsonObject format, HlsVariant variant, List<HlsRendition> apart)
    {
        var codecs = variant.Attributes.GetValueOrDefault("CODECS", "").Split(',', StringSplitOptions.TrimEntries);
        var sound = Array.Find(codecs, codec => IsSound(codec));
        var picture = Array.Find(codecs, codec => codec.Length > 0 && !IsSound(codec));
        if (variant.Attributes.GetValueOrDefault("RESOLUTION")?.Split('x', 'X') is [var width, var height])
        {
            format["width"] = int.TryParse(width, CultureInfo.InvariantCulture, out var across) ? across : null;
            format["height"] = int.TryParse(height, CultureInfo.InvariantCulture, out var down) ? down : null;
        }
        if (sound is not null || picture is not null)
        {
            format["vcodec"] = picture ?? "none";
        }
        var group = variant.Attributes.GetValueOrDefault("AUDIO");
        var isApart = apart.Exists(rendition => rendition.Attributes.GetValueOrDefault("GROUP-ID") == group);
        format["acodec"] = isApart && picture is not null ? "none" : sound;
    }

    private static bool IsSound(string codec) =>
        codec.Split('.')[0].ToLowerInvariant() is "mp4a" or "ac-3" or "ec-3" or "opus" or "flac" or "fLaC" or "mp3";
}
