namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Sites' names of codecs (RFC 6381 strings, mostly) in ffmpeg's words.</summary>
internal static class CodecNames
{
    /// <summary>The longest prefix that fits wins; a new codec is a new line.</summary>
    private static readonly (string Prefix, string Codec)[] Known =
    [
        ("avc", "h264"),
        ("h264", "h264"),
        ("hev1", "hevc"),
        ("hvc1", "hevc"),
        ("h265", "hevc"),
        ("hevc", "hevc"),
        // Dolby Vision: HEVC or AV1 underneath.
        ("dvh", "hevc"),
        ("dav1", "av1"),
        ("av01", "av1"),
        ("av1", "av1"),
        ("vp08", "vp8"),
        ("vp8", "vp8"),
        ("vp09", "vp9"),
        ("vp9", "vp9"),
        ("vvc", "vvc"),
        ("mp4v", "mpeg4"),
        ("theora", "theora"),
        ("mp4a", "aac"),
        ("aac", "aac"),
        // Object types inside mp4a: MPEG-1/2 layer 3, then AC-3 and its successor.
        ("mp4a.40.34", "mp3"),
        ("mp4a.69", "mp3"),
        ("mp4a.6b", "mp3"),
        ("mp4a.a5", "ac3"),
        ("mp4a.a6", "eac3"),
        ("mp3", "mp3"),
        ("opus", "opus"),
        ("vorbis", "vorbis"),
        ("flac", "flac"),
        ("alac", "alac"),
        ("ac-3", "ac3"),
        ("ac3", "ac3"),
        ("ec-3", "eac3"),
        ("eac3", "eac3"),
        ("dts", "dts"),
        ("wav", "pcm_s16le"),
    ];

    /// <summary>Placeholders of extractors for a stream of which only the presence is known.</summary>
    private static readonly string[] Placeholders = ["unknown", "video", "audio", "und"];

    /// <returns>The name; null for <c>none</c> or where nobody says.</returns>
    public static string? Normalize(string? raw)
    {
        if (!IsStated(raw) || string.Equals(raw, "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = raw!.Trim().TrimStart('.').ToLowerInvariant();
        var known = Known
            .Where(entry => name.StartsWith(entry.Prefix, StringComparison.Ordinal))
            .OrderByDescending(entry => entry.Prefix.Length)
            .FirstOrDefault();
        return known.Codec ?? name.Split('.')[0];
    }

    /// <summary>Whether the site says what is, or is not, inside.</summary>
    public static bool IsStated(string? raw) =>
        !string.IsNullOrWhiteSpace(raw) && !Placeholders.Contains(raw, StringComparer.OrdinalIgnoreCase);
}
