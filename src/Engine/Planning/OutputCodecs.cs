namespace Decant.Engine.Planning;

/// <summary>Names of codecs, and those that can be encoded.</summary>
internal static class OutputCodecs
{
    /// <summary>Other names people and sites use for ffmpeg's.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["avc"] = "h264",
        ["avc1"] = "h264",
        ["h.264"] = "h264",
        ["x264"] = "h264",
        ["h265"] = "hevc",
        ["h.265"] = "hevc",
        ["hvc1"] = "hevc",
        ["hev1"] = "hevc",
        ["x265"] = "hevc",
        ["av01"] = "av1",
        ["vp09"] = "vp9",
        ["vp08"] = "vp8",
        ["xvid"] = "mpeg4",
        ["mp4a"] = "aac",
    };

    private static readonly HashSet<string> Makable =
    [
        "h264",
        "hevc",
        "vp8",
        "vp9",
        "av1",
        "mpeg4",
        "aac",
        "mp3",
        "opus",
        "vorbis",
        "flac",
        "alac",
        "ac3",
        "pcm_s16le",
        "pcm_s24le",
    ];

    public static string Canonical(string name) =>
        Synonyms.TryGetValue(name.Trim(), out var codec) ? codec : name.Trim().ToLowerInvariant();

    public static bool CanEncode(string codec) => Makable.Contains(codec);
}
