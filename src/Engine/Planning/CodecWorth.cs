namespace Decant.Engine.Planning;

/// <summary>Efficiency of each codec, so that bit rates of different codecs can be compared.</summary>
internal static class CodecWorth
{
    /// <summary>
    /// Bits a codec needs for what one of the reference (H.264, Opus) needs. Video: roughly the rate savings at equal quality of
    /// Guo et al., "A BVI evaluation of the compression efficiency" (SPIE 2019). Audio: the rates that listening tests
    /// (Hydrogenaudio's, 2011 and 2014) find transparent: Opus 128, AAC 160, Vorbis 160, MP3 192 kbit/s.
    /// </summary>
    private static readonly Dictionary<string, double> Cost = new()
    {
        ["h264"] = 1.0,
        ["hevc"] = 0.65,
        ["vp9"] = 0.7,
        ["av1"] = 0.5,
        ["vp8"] = 1.15,
        ["mpeg4"] = 1.6,
        ["mpeg2video"] = 2.2,
        ["opus"] = 1.0,
        ["aac"] = 1.25,
        ["vorbis"] = 1.25,
        ["mp3"] = 1.5,
        ["ac3"] = 2.0,
        ["eac3"] = 1.5,
    };

    private static readonly HashSet<string> LosslessAudio =
    [
        "flac",
        "alac",
        "ape",
        "tta",
        "wavpack",
        "truehd",
        "mlp",
        "als",
        "tak",
        "shorten",
    ];

    public static bool IsLossless(string? codec) =>
        codec is not null && (LosslessAudio.Contains(codec) || codec.StartsWith("pcm_", StringComparison.Ordinal));

    /// <summary>Bits of the reference codec that these bits are worth.</summary>
    public static double Worth(string? codec, long bitsPerSecond) =>
        bitsPerSecond / (codec is not null && Cost.TryGetValue(codec, out var cost) ? cost : 1.0);

    /// <summary>Bits that <paramref name="target"/> needs to keep what <paramref name="bitsPerSecond"/> of <paramref name="source"/> hold.</summary>
    public static long Equivalent(string source, long bitsPerSecond, string target) =>
        (long)(Worth(source, bitsPerSecond) * Cost.GetValueOrDefault(target, 1.0));

    /// <summary>Rates of the same step are alike: sites round, estimate and count overhead differently.</summary>
    /// <param name="worth">Bits per second.</param>
    /// <param name="perOctave">Steps between a rate and its double.</param>
    public static int Step(double worth, int perOctave) =>
        worth <= 0 ? 0 : (int)Math.Round(Math.Log2(worth) * perOctave);
}
