using System.Globalization;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>Arguments of ffmpeg's encoders, a row for each codec.</summary>
internal static class Encoders
{
    /// <summary>Arguments for the picture.</summary>
    public static IReadOnlyList<string> Video(EncodeVideo video)
    {
        var pixels = video.KeptTransfer is null ? "yuv420p" : "yuv420p10le";
        return [.. Rows(video.Codec), "-pix_fmt", pixels, .. Colors(video.KeptTransfer)];
    }

    private static string[] Rows(string codec) =>
        codec switch
        {
            // veryfast takes less than half of medium's time and loses 0.007 of SSIM at most (ADR 0018);
            // 21 is between visually lossless (17 to 18) and the default 23.
            "h264" => ["libx264", "-preset", "veryfast", "-crf", "21"],
            // CRF 26 looks like x264's 21 (trac.ffmpeg.org/wiki/Encode/H.265: 28 corresponds to 23).
            "hevc" => ["libx265", "-preset", "veryfast", "-crf", "26", "-x265-params", "log-level=error"],
            // Realtime deadline: "good" takes five times as long; 6 is as quick as 7 and better (ADR 0018).
            "vp9" =>
            [
                "libvpx-vp9",
                "-deadline",
                "realtime",
                "-cpu-used",
                "6",
                "-row-mt",
                "1",
                "-crf",
                "32",
                "-b:v",
                "0",
            ],
            "vp8" => ["libvpx", "-deadline", "realtime", "-cpu-used", "5", "-crf", "10", "-b:v", "4M"],
            // Preset 10 takes twice the time of 12 and looks better than x264's veryfast (ADR 0018); 35 is its default quality.
            "av1" => ["libsvtav1", "-preset", "10", "-crf", "35"],
            // Fixed quantiser 3 is near transparent for MPEG-4 ASP (trac.ffmpeg.org/wiki/Encode/MPEG-4).
            "mpeg4" => ["mpeg4", "-q:v", "3"],
            _ => throw new InvalidOperationException($"There is no row for encoding {codec}."),
        };

    /// <summary>BT.2020 is the one gamut that high dynamic range is delivered in.</summary>
    private static string[] Colors(string? transfer) =>
        transfer is null
            ? []
            : ["-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", "-color_range", "tv"];

    /// <summary>Arguments for the sound.</summary>
    public static IReadOnlyList<string> Audio(EncodeAudio audio) =>
        audio.Codec switch
        {
            "mp3" => ["libmp3lame", "-b:a", Rate(audio)],
            "aac" => ["aac", "-b:a", Rate(audio)],
            // Its usual variable rate goes far above what it is told where the sound is tonal.
            "opus" => ["libopus", "-vbr", "constrained", "-b:a", Rate(audio)],
            // Bit rates outside a window that depends on rate and channels make libvorbis fail; qualities never do.
            "vorbis" => ["libvorbis", "-q:a", VorbisQuality(audio)],
            "ac3" => ["ac3", "-b:a", Rate(audio)],
            "flac" => ["flac"],
            "alac" => ["alac"],
            "pcm_s16le" or "pcm_s24le" => [audio.Codec],
            _ => throw new InvalidOperationException($"There is no row for encoding {audio.Codec}."),
        };

    private static string Rate(EncodeAudio audio) =>
        (
            audio.BitsPerSecond ?? throw new InvalidOperationException($"{audio.Codec} was planned without a bit rate.")
        ).ToString(CultureInfo.InvariantCulture);

    /// <summary>Nominal stereo rates of libvorbis's quality levels (xiph.org/vorbis/doc): 64 kbit/s at 0, 16 more a level up to 4, then 32.</summary>
    private static string VorbisQuality(EncodeAudio audio)
    {
        var kilobits = audio.BitsPerSecond!.Value / 1000.0;
        var quality = kilobits <= 128 ? (kilobits - 64) / 16 : 4 + (kilobits - 128) / 32;
        return Math.Clamp(quality, -1, 9).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
