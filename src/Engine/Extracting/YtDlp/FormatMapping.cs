using System.Text.Json;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor's record of a format as a <see cref="SourceFormat"/>.</summary>
internal static class FormatMapping
{
    /// <returns>Null for what is no medium (storyboards, pictures), is protected, or has no address.</returns>
    public static SourceFormat? Map(JsonElement raw, TimeSpan? duration)
    {
        var (video, audio) = (raw.Text("vcodec"), raw.Text("acodec"));
        var isPicture = (video, audio) is ("none", "none") || raw.Text("ext") is "mhtml";
        if (
            isPicture
            || raw.Flag("has_drm")
            || raw.Text("format_id") is not { } id
            || !Uri.TryCreate(raw.Text("url"), UriKind.Absolute, out var url)
        )
        {
            return null;
        }

        var (size, isEstimate) = SizeOf(raw, duration);
        var hasPicture = video != "none";
        return new SourceFormat
        {
            Id = id,
            Url = url,
            Protocol = ProtocolOf(raw),
            Extension = raw.Text("ext") ?? "bin",
            VideoCodec = CodecNames.Normalize(video),
            AudioCodec = CodecNames.Normalize(audio),
            CodecsKnown = CodecNames.IsStated(video) && CodecNames.IsStated(audio),
            VideoAbsent = video == "none",
            AudioAbsent = audio == "none",
            Width = raw.Size("width"),
            Height = raw.Size("height"),
            FramesPerSecond = raw.Number("fps") is > 0 and var rate ? rate : null,
            DynamicRange = hasPicture ? raw.Text("dynamic_range") : null,
            AudioBitrate = raw.Kilobits("abr"),
            TotalBitrate = raw.Kilobits("tbr"),
            SampleRate = raw.Size("asr"),
            Channels = raw.Size("audio_channels"),
            Language = raw.Text("language"),
            LanguagePreference = raw.Whole("language_preference"),
            Size = size,
            SizeIsEstimate = isEstimate,
            FragmentDuration =
                raw.Flag("is_from_start") && raw.Number("target_duration") is >= 0.1 and < 3600 and var target
                    ? TimeSpan.FromSeconds(target)
                    : null,
            Headers = HeadersOf(raw),
            Raw = raw,
        };
    }

    public static FetchProtocol ProtocolOf(JsonElement raw) =>
        raw.Text("protocol") switch
        {
            "http" or "https" => raw.Items("fragments").Any() ? FetchProtocol.Dash : FetchProtocol.Http,
            "m3u8" or "m3u8_native" => FetchProtocol.Hls,
            "http_dash_segments" or "http_dash_segments_generator" => FetchProtocol.Dash,
            _ => FetchProtocol.Other,
        };

    private static (long? Size, bool IsEstimate) SizeOf(JsonElement raw, TimeSpan? duration)
    {
        if (raw.Count("filesize") is > 0 and var stated)
        {
            return (stated, false);
        }

        var estimate = raw.Count("filesize_approx") ?? (long?)(raw.Kilobits("tbr") / 8 * duration?.TotalSeconds);
        return estimate > 0 ? (estimate, true) : (null, false);
    }

    public static Dictionary<string, string> HeadersOf(JsonElement raw)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (raw.Field("http_headers") is { ValueKind: JsonValueKind.Object } stated)
        {
            foreach (var name in stated.EnumerateObject().Select(header => header.Name))
            {
                if (stated.Text(name) is { } value && !value.Contains('\n', StringComparison.Ordinal))
                {
                    headers[name] = value;
                }
            }
        }

        if (raw.Text("cookie_header") is { } cookie)
        {
            headers["Cookie"] = cookie;
        }

        return headers;
    }
}
