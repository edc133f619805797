using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Probing;

namespace Decant.Engine.Planning;

/// <summary>Copy or encode the sound, and at which rate.</summary>
internal static class AudioTreatment
{
    /// <summary>Encoders miss the rate they were asked for by a little; a stream that near counts as that rate.</summary>
    public const double RateTolerance = 1.06;

    /// <summary>Bit rate of the quality "worst".</summary>
    private const long WorstRate = 64_000;

    /// <param name="sound">The stream.</param>
    /// <param name="request">Request that the sound is for.</param>
    /// <param name="sourceRate">The stream's bit rate, where the file or the site says it.</param>
    public static StreamTreatment Choose(ProbedStream sound, OutputRequest request, long? sourceRate)
    {
        var container = request.Container;
        var rule = container.AudioRule(sound.Codec);
        var asked = (request.Quality as Quality.AudioBitrate)?.BitsPerSecond;
        var fits =
            rule is not null
            && request.Loudness is null
            && rule.AdmitsSound(sound.SampleRate, sound.Profile)
            && (request.AudioCodec is not { } forced || forced == sound.Codec)
            && (asked is null || sourceRate is null || sourceRate <= asked * RateTolerance);
        if (fits)
            return new CopyStream(sound.Codec, IsVideo: false, rule!.Tag);

        var codec = request.AudioCodec ?? EncodeTo(container, sound);
        var encoder = AudioEncoder.For(codec);
        var channels = sound.Channels ?? 2;
        var kept = Math.Min(channels, encoder.MaxChannels);
        var resampled = SampleRateFor(container, codec, sound.SampleRate);
        return new EncodeAudio(
            codec,
            encoder.IsLossless
                ? null
                : encoder.Round(Rate(encoder, sound, kept, request, sourceRate), kept, asked is null),
            kept < channels || sound.LacksLayout ? kept : null,
            resampled
        )
        {
            Loudness = request.Loudness,
            LoudnessRate = resampled ?? sound.SampleRate,
            Surround = kept > 2,
            Deep = IsDeep(sound),
        };
    }

    /// <summary>True where more than 16 bits are kept: where the source is lossless and has them; of a lossy one they would be noise.</summary>
    private static bool IsDeep(ProbedStream sound) => sound.BitsPerSample > 16 && CodecWorth.IsLossless(sound.Codec);

    private static string EncodeTo(Container container, ProbedStream sound) =>
        container.AudioRules[0].Codec switch
        {
            "pcm_s16le" when IsDeep(sound) => "pcm_s24le",
            var codec => codec,
        };

    private static long Rate(
        AudioEncoder encoder,
        ProbedStream sound,
        int channels,
        OutputRequest request,
        long? sourceRate
    )
    {
        if (request.Quality is Quality.AudioBitrate asked)
            return asked.BitsPerSecond;
        var transparent = encoder.Transparent(channels);
        if (request.AudioOnly && request.Quality is Quality.WorstOf)
            return Math.Min(WorstRate, transparent);
        return sourceRate is { } rate && !CodecWorth.IsLossless(sound.Codec)
            ? Math.Min(transparent, CodecWorth.Equivalent(sound.Codec, rate, encoder.Codec))
            : transparent;
    }

    private static int? SampleRateFor(Container container, string codec, int? sourceRate)
    {
        var rates = container.AudioRule(codec)?.SampleRates ?? AudioEncoder.For(codec).SampleRates;
        if (rates is null || sourceRate is not { } rate || rates.Contains(rate))
            return null;
        // The next one up loses nothing; where there is none, 44.1 kHz of its multiples, and the highest of all others.
        var highest = rate % 44_100 == 0 && rates.Contains(44_100) ? 44_100 : rates.Max();
        return rates.Order().FirstOrDefault(known => known >= rate, highest);
    }

    /// <summary>Says that there is none to treat.</summary>
    public static MediaException Missing(Container container) =>
        new(
            MediaError.UnknownFormat,
            $"The source turned out to have no sound, so the format \"{container.Name}\" cannot be made. Ask for a video format such as mp4."
        )
        {
            Field = "format",
        };
}
