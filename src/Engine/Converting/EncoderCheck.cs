using Decant.Engine.Children;
using Decant.Engine.Children.Sandbox;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>Looks for the encoders that plans may ask for. Distributions leave some of them out of ffmpeg.</summary>
internal static class EncoderCheck
{
    /// <summary>Encoders that the product needs, in ffmpeg's words.</summary>
    public static IReadOnlyList<string> Wanted { get; } =
    [
        .. new[] { "h264", "hevc", "vp9", "vp8", "av1", "mpeg4" }.Select(codec =>
            Encoders.Video(new EncodeVideo(codec, Size: null))[0]
        ),
        .. new[] { "mp3", "aac", "opus", "vorbis", "ac3", "flac", "alac", "pcm_s16le", "pcm_s24le" }.Select(codec =>
            Encoders.Audio(new EncodeAudio(codec, BitsPerSecond: 128_000))[0]
        ),
        .. Container.All.Select(container => container.SubtitleCodec).OfType<string>().Distinct(),
        "mjpeg",
    ];

    public static async Task<EnginePart> CheckAsync(string ffmpegPath, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var outcome = File.Exists(ffmpegPath)
            ? await ChildProcess.RunAsync(
                new ChildCommand(ffmpegPath, ["-hide_banner", "-encoders"])
                {
                    Access = new ChildAccess(new SandboxOptions()),
                    OnLine = Hear,
                },
                cancellationToken
            )
            : null;
        var missing = Wanted.Where(encoder => !found.Contains(encoder)).ToList();
        var detail =
            outcome is not { Succeeded: true } ? $"{ffmpegPath} is missing or does not run."
            : missing.Count == 0 ? $"all {Wanted.Count} that may be asked for"
            : $"{ffmpegPath} has no {string.Join(", ", missing)}: formats that want them fail. Install an ffmpeg that has them; Debian's does.";
        return new EnginePart("encoders", missing.Count == 0, Optional: false, detail);

        // " V....D libx264              libx264 H.264 / AVC …"
        void Hear(string line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [{ Length: 6 }, var name, ..])
                found.Add(name);
        }
    }
}
