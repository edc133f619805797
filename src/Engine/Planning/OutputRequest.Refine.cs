using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>Options of a request besides format and quality, in the words of the API.</summary>
public sealed record Refinement
{
    public string? ClipStart { get; init; }
    public string? ClipEnd { get; init; }
    public string? AudioLanguage { get; init; }
    public double? Normalize { get; init; }
    public string? DynamicRange { get; init; }
    public SubtitleWords? Subtitles { get; init; }
}

public sealed partial record OutputRequest
{
    /// <summary>Range of targets that the loudness filter takes, in LUFS.</summary>
    private const double Quietest = -70;
    private const double Loudest = -5;

    /// <summary>Adds options to a request.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> with the field at fault.</exception>
    public OutputRequest Refine(Refinement words) =>
        this with
        {
            Clip = Clip.Parse(words.ClipStart, words.ClipEnd),
            AudioLanguage = ReadLanguage(words.AudioLanguage),
            Loudness = ReadLoudness(words.Normalize),
            DynamicRange = ReadRange(words.DynamicRange),
            Subtitles = SubtitleWish.Parse(words.Subtitles, Container),
        };

    private static string? ReadLanguage(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return LanguageTag.TryRead(text)
            ?? throw Contradiction(
                "audio_language",
                $"The audio_language \"{text}\" is no language tag. Give one such as en, pt-BR or zh-Hans."
            );
    }

    private static double? ReadLoudness(double? target) =>
        target is null or (>= Quietest and <= Loudest)
            ? target
            : throw Contradiction(
                "normalize",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loudness {target} LUFS cannot be reached. Give one from {Quietest} to {Loudest}, such as -16 for podcasts."
                )
            );

    private DynamicRange ReadRange(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return DynamicRange.AsItFits;
        if (Container.IsAudio)
            throw Contradiction(
                "dynamic_range",
                $"The dynamic_range \"{text}\" is a picture's and the format \"{Container.Name}\" has none. Leave it out."
            );
        return text.Trim().ToUpperInvariant() switch
        {
            "SDR" => DynamicRange.Standard,
            "HDR"
                when (VideoCodec ?? HighDynamicRange.CodecOf(Container)) is { } codec
                    && HighDynamicRange.CanBeSaidBy(codec) => DynamicRange.High,
            "HDR" => throw Contradiction(
                "dynamic_range",
                $"The format \"{Container.Name}\"{(VideoCodec is null ? "" : $" with {VideoCodec}")} cannot say a high dynamic range. Ask for sdr, or for mp4, mkv or webm."
            ),
            _ => throw Contradiction(
                "dynamic_range",
                $"The dynamic_range \"{text}\" is not known. Known are sdr and hdr."
            ),
        };
    }
}
