namespace Decant.Engine.Planning;

/// <summary>Abilities of an audio encoder, a row for each codec. ffmpeg's arguments for them are the business of Converting.</summary>
/// <param name="Codec">Codec in ffmpeg's words.</param>
internal sealed record AudioEncoder(string Codec)
{
    private static readonly int[] Mp3Steps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    /// <summary>Transparent rates: see <see cref="CodecWorth"/>, with a margin where ffmpeg's encoder (its own AAC) trails the best.</summary>
    private static readonly Dictionary<string, AudioEncoder> Rows = new AudioEncoder[]
    {
        new("mp3")
        {
            TransparentStereo = 256_000,
            Max = 320_000,
            MaxChannels = 2,
            // ISO/IEC 11172-3 and 13818-3.
            SampleRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000],
            Steps = Mp3Steps,
        },
        new("aac")
        {
            TransparentStereo = 192_000,
            Max = 512_000,
            // It could say 96 kHz, which small players do not play and nobody hears.
            SampleRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000],
        },
        // RFC 6716: 6 to 510 kbit/s; anything not a divisor of 48 kHz is resampled.
        new("opus")
        {
            TransparentStereo = 160_000,
            Max = 510_000,
            SampleRates = [8000, 12000, 16000, 24000, 48000],
        },
        new("vorbis") { TransparentStereo = 192_000, Max = 500_000 },
        new("ac3")
        {
            TransparentStereo = 256_000,
            Max = 640_000,
            MaxChannels = 6,
            SampleRates = [32000, 44100, 48000],
        },
        new("flac") { IsLossless = true },
        new("alac") { IsLossless = true },
        new("pcm_s16le") { IsLossless = true, MaxChannels = 32 },
        new("pcm_s24le") { IsLossless = true, MaxChannels = 32 },
    }.ToDictionary(row => row.Codec);

    /// <summary>Bits per second at which two channels cannot be told from the source.</summary>
    public long TransparentStereo { get; private init; }

    /// <summary>The most bits per second the codec can say.</summary>
    public long Max { get; private init; } = long.MaxValue;
    public int MaxChannels { get; private init; } = 8;

    /// <summary>Rates it takes (Hz); null for any.</summary>
    public IReadOnlyList<int>? SampleRates { get; private init; }
    public bool IsLossless { get; private init; }

    /// <summary>The rates the format knows, in kbit/s; null for any.</summary>
    private int[]? Steps { get; init; }

    public static AudioEncoder For(string codec) =>
        Rows.TryGetValue(codec, out var row)
            ? row
            : throw new InvalidOperationException($"There is no row for the encoder of {codec}.");

    public long Transparent(int channels) =>
        channels switch
        {
            1 => TransparentStereo * 5 / 8,
            2 => TransparentStereo,
            // A surround channel needs less than half a stereo pair: they share much.
            _ => Math.Min(Max, TransparentStereo * channels * 2 / 5),
        };

    /// <summary>A rate that the codec can say: the next one up for an estimate, never above what was asked by number.</summary>
    public long Round(long rate, int channels, bool up)
    {
        var wanted = Math.Min(rate, up ? Math.Min(Max, Transparent(channels)) : Max);
        if (Steps is null)
            return up ? Math.Max(32_000, (wanted + 15_999) / 16_000 * 16_000) : wanted;
        var kilo = up
            ? Steps.FirstOrDefault(step => step * 1000L >= wanted, Steps[^1])
            : Steps.LastOrDefault(step => step * 1000L <= wanted, Steps[0]);
        return kilo * 1000L;
    }
}
