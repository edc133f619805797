namespace Decant.Engine.Tests.Converting;

/// <summary>Sources as sites and cameras make them: one or two seconds, tiny pictures.</summary>
/// <param name="Name">For a person.</param>
/// <param name="File">Its extension decides what ffmpeg makes.</param>
/// <param name="Arguments">ffmpeg's, before the output.</param>
/// <param name="IsUsual">Tried on every run of the tests, not only when the whole table is made.</param>
internal sealed record MatrixSource(string Name, string File, IReadOnlyList<string> Arguments, bool IsUsual = false)
{
    private const string Sine = "sine=440:d=1.5";

    private static readonly string[] X264 = ["-c:v", "libx264", "-preset", "ultrafast"];
    private static readonly string[] Vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"];
    private static readonly string[] Hevc =
    [
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-x265-params",
        "log-level=error",
    ];

    public static IReadOnlyList<MatrixSource> All { get; } =
    [
        new("H.264 + AAC, mp4", "h264-aac.mp4", [.. Film(), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")], true),
        new(
            "H.264 + MP3, moov at the end",
            "moov-last.mp4",
            [.. Film(), .. X264, "-pix_fmt", "yuv420p", .. Sound("libmp3lame")]
        ),
        new(
            "H.264 + AAC, fragmented",
            "fragments.mp4",
            [.. Film(), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac"), "-movflags", "frag_keyframe+empty_moov"]
        ),
        new("H.264 + AAC, mpegts", "h264-aac.ts", [.. Film(), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")]),
        new("H.264 + AAC, flv", "h264-aac.flv", [.. Film(), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")]),
        new(
            "H.264, negative timestamps",
            "negative.mp4",
            [
                .. Film(),
                .. X264,
                "-bf",
                "2",
                "-pix_fmt",
                "yuv420p",
                .. Sound("aac"),
                "-movflags",
                "negative_cts_offsets",
            ]
        ),
        new(
            "H.264 10-bit + FLAC, mkv",
            "ten-bit.mkv",
            [.. Film(), .. X264, "-pix_fmt", "yuv420p10le", .. Sound("flac")]
        ),
        new("H.264 4:4:4, 321×241", "odd.mkv", [.. Film(321, 241), .. X264, "-pix_fmt", "yuv444p", .. Sound("aac")]),
        new(
            "H.264 vertical 180×320",
            "vertical.mp4",
            [.. Film(180, 320), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")]
        ),
        new(
            "H.264 29.97 fps",
            "ntsc.mp4",
            [.. Film(rate: "30000/1001"), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")]
        ),
        new("H.264 60 fps", "sixty.mp4", [.. Film(rate: "60"), .. X264, "-pix_fmt", "yuv420p", .. Sound("aac")]),
        new(
            "H.264, variable frame rate",
            "variable.mkv",
            [
                .. Film(),
                .. X264,
                "-pix_fmt",
                "yuv420p",
                "-vf",
                "select='not(mod(n,3))+lt(n,10)'",
                "-fps_mode",
                "vfr",
                .. Sound("aac"),
            ]
        ),
        new(
            "H.264, no sound",
            "silent.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1.5", .. X264, "-pix_fmt", "yuv420p"],
            true
        ),
        new("H.265 + AC-3, mkv", "hevc.mkv", [.. Film(), .. Hevc, "-pix_fmt", "yuv420p", .. Sound("ac3")]),
        new(
            "H.265 10-bit HDR10 + AAC",
            "hdr10.mp4",
            [
                .. Film(),
                .. Hevc,
                "-pix_fmt",
                "yuv420p10le",
                "-color_primaries",
                "bt2020",
                "-color_trc",
                "smpte2084",
                "-colorspace",
                "bt2020nc",
                .. Sound("aac"),
            ]
        ),
        new(
            "VP8 + Vorbis, webm",
            "vp8.webm",
            [.. Film(), "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", .. Sound("libvorbis")]
        ),
        new("VP9 + Opus, webm", "vp9.webm", [.. Film(), .. Vp9, .. Sound("libopus")], true),
        new("AV1 + Opus, webm", "av1.webm", [.. Film(), "-c:v", "libsvtav1", "-preset", "12", .. Sound("libopus")]),
        new("MPEG-4 ASP + MP3, avi", "asp.avi", [.. Film(), "-c:v", "mpeg4", "-q:v", "5", .. Sound("libmp3lame")]),
        new("AAC 44.1 kHz", "aac.m4a", [.. Alone("aac"), "-ar", "44100"]),
        new("MP3 mono 22.05 kHz", "mono.mp3", [.. Alone("libmp3lame"), "-ac", "1", "-ar", "22050"], true),
        new("Opus 48 kHz", "opus.opus", [.. Alone("libopus")]),
        new("Vorbis 44.1 kHz", "vorbis.ogg", [.. Alone("libvorbis"), "-ar", "44100"]),
        new("FLAC 96 kHz, 24 bit", "deep.flac", [.. Alone("flac"), "-ar", "96000", "-sample_fmt", "s32"], true),
        new("PCM 44.1 kHz", "pcm.wav", [.. Alone("pcm_s16le"), "-ar", "44100"]),
        new("AAC 5.1", "surround.m4a", [.. Alone("aac"), "-ac", "6"]),
        new("AC-3 5.1", "surround.mka", [.. Alone("ac3"), "-ac", "6"]),
    ]; // csharpier-ignore

    private static string[] Film(int width = 320, int height = 180, string rate = "25") =>
        [
            "-f",
            "lavfi",
            "-i",
            FormattableString.Invariant($"testsrc2=s={width}x{height}:r={rate}:d=1.5"),
            "-f",
            "lavfi",
            "-i",
            Sine,
        ];

    private static string[] Sound(string encoder) => ["-c:a", encoder, "-ac", "2"];

    private static string[] Alone(string encoder) => ["-f", "lavfi", "-i", Sine, "-c:a", encoder];
}
