using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

public sealed partial record OutputRequest
{
    /// <summary>Reads a request's words. Every contradiction is found here, before anything is looked up.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> with the field at fault, or <c>unknown_format</c>.</exception>
    public static OutputRequest Parse(
        string? format,
        string? quality,
        bool audioOnly = false,
        string? formatSelector = null,
        string? videoCodec = null,
        string? audioCodec = null
    )
    {
        var followsSource = SourceSound.Is(format);
        var asked =
            followsSource ? SourceSound.Usual
            : string.IsNullOrWhiteSpace(format) ? (audioOnly ? Container.Mp3 : Container.Mp4)
            : Container.Parse(format);
        var container = audioOnly ? asked.AudioTwin : asked;
        return new OutputRequest
        {
            Container = container,
            FollowsSource = followsSource,
            Quality = ReadQuality(asked, quality, audioOnly),
            AudioOnly = container.IsAudio,
            Selector = string.IsNullOrWhiteSpace(formatSelector)
                ? FormatSelector.Best
                : FormatSelector.Parse(formatSelector),
            VideoCodec = ReadVideoCodec(container, videoCodec),
            AudioCodec = ReadCodec(container, audioCodec, container.AudioRules, "audio_codec"),
        };
    }

    private static Quality ReadQuality(Container asked, string? text, bool audioOnly)
    {
        var quality = string.IsNullOrWhiteSpace(text) ? Quality.Best : Quality.Parse(text);
        if (audioOnly)
            // The documents' own samples send mp4 with 720p and audio_only, and wav with 320kbps.
            return quality is Quality.Height || asked.AudioTwin.IsLossless ? Quality.Best : quality;
        return quality switch
        {
            Quality.Height when asked.IsAudio => throw Contradiction(
                "quality",
                $"The quality \"{text}\" is a picture's and the format \"{asked.Name}\" has none. Ask for a bit rate such as 128kbps, or set audio_only."
            ),
            Quality.AudioBitrate when !asked.IsAudio => throw Contradiction(
                "quality",
                $"The quality \"{text}\" is an audio bit rate and the format \"{asked.Name}\" is video. Ask for a height such as 720p, or set audio_only."
            ),
            Quality.AudioBitrate when asked.IsLossless => Quality.Best,
            _ => quality,
        };
    }

    private static string? ReadVideoCodec(Container container, string? text)
    {
        if (container.IsAudio && !string.IsNullOrWhiteSpace(text))
            throw Contradiction(
                "video_codec",
                $"The video_codec \"{text}\" cannot be had: the format \"{container.Name}\" holds no picture. Leave it out, or ask for a video format."
            );
        return ReadCodec(container, text, container.VideoRules, "video_codec");
    }

    private static string? ReadCodec(Container container, string? text, IReadOnlyList<CodecRule> rules, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var codec = OutputCodecs.Canonical(text);
        // Only what can be made may be asked for: no source is known yet whose stream could be copied.
        var makable = rules.Select(rule => rule.Codec).Where(OutputCodecs.CanEncode).ToList();
        return makable.Contains(codec)
            ? codec
            : throw Contradiction(
                field,
                $"The {field} \"{text}\" cannot be put in the format \"{container.Name}\". It takes {string.Join(", ", makable)}."
            );
    }

    private static MediaException Contradiction(string field, string message) =>
        new(MediaError.InvalidRequest, message) { Field = field };
}
