using Decant.Engine.Planning;
using Decant.Server.Jobs.Requests;

namespace Decant.Server.Presets;

/// <summary>Fields of a download that a preset stands for. What is null it leaves to the download.</summary>
internal record PresetOptions
{
    /// <summary>The container to make, as in a download; <c>original</c> is the sound as the source has it.</summary>
    public string? Format { get; init; }

    /// <summary><c>144p</c> … <c>4K</c>, <c>64kbps</c> … <c>320kbps</c>, <c>best</c>, <c>worst</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>Leave the picture away.</summary>
    public bool? AudioOnly { get; init; }

    /// <summary>Deliver the thumbnail beside the medium, as a JPEG.</summary>
    public bool? IncludeThumbnail { get; init; }

    /// <summary>Codec of the picture, such as <c>h264</c>.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec of the sound, such as <c>aac</c>.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Language of the sound (<c>en</c>, <c>pt-BR</c>), where the source has several.</summary>
    public string? AudioLanguage { get; init; }

    /// <summary>Integrated loudness to bring the sound to (LUFS, EBU R128), such as <c>-16</c> for podcasts.</summary>
    public double? Normalize { get; init; }

    /// <summary><c>sdr</c> or <c>hdr</c>.</summary>
    public string? DynamicRange { get; init; }

    /// <summary>Subtitles to deliver, where the source has them: an object, or just the language or languages.</summary>
    public SubtitlesRequest? Subtitles { get; init; }

    public static PresetOptions Built(BuiltInPreset preset) =>
        new()
        {
            Format = preset.Format,
            Quality = preset.Quality,
            VideoCodec = preset.VideoCodec,
            AudioCodec = preset.AudioCodec,
        };

    public JobRequest ToWords() =>
        new()
        {
            Format = Format,
            Quality = Quality,
            AudioOnly = AudioOnly ?? false,
            IncludeThumbnail = IncludeThumbnail ?? false,
            VideoCodec = VideoCodec,
            AudioCodec = AudioCodec,
            AudioLanguage = AudioLanguage,
            Normalize = Normalize,
            DynamicRange = DynamicRange,
            Subtitles = Subtitles,
        };
}
